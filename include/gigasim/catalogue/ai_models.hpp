#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/catalogue/table.hpp"

namespace gigasim::catalogue {

/// A neural network: a decoder-only transformer as its configuration describes it.
struct AiModel {
  std::string id;                    ///< "llama-3.1-70b"
  std::string name;                  ///< "Llama 3.1 70B"
  std::vector<std::string> aliases;  ///< other spellings
  bool mixture = false;              ///< mixture of experts: each token uses `experts_per_token` of them
  double parameters = 0.0;           ///< all
  double active_parameters = 0.0;    ///< those that one token uses
  int layers = 0;
  int hidden = 0;          ///< width of the residual stream
  int heads = 0;           ///< of attention
  int kv_heads = 0;        ///< heads whose keys and values are kept
  int head_dimension = 0;  ///< numbers per key, and per value
  int experts = 0;         ///< 0: dense
  int experts_per_token = 0;
  std::int64_t context = 0;  ///< longest sequence, tokens
  const Row* row = nullptr;
};

[[nodiscard]] std::span<const AiModel> ai_models();
/// Finds a model by id or alias, both without regard to case; null for none.
[[nodiscard]] const AiModel* find_ai_model(std::string_view id_or_alias);

}  // namespace gigasim::catalogue
