#pragma once

#include <compare>
#include <cstdint>

#include "gigasim/catalogue/ai_models.hpp"

namespace gigasim::models {

/// What the formulas need of a neural network: the catalogue's AiModel as plain numbers.
struct Transformer {
  double parameters = 0.0;         ///< P, all
  double active_parameters = 0.0;  ///< A, those that one token uses
  double layers = 0.0;             ///< L
  double hidden = 0.0;             ///< h
  double heads = 0.0;
  double kv_heads = 0.0;
  double head_dimension = 0.0;
  double experts_per_token = 0.0;  ///< 0: dense
  [[nodiscard]] bool mixture() const { return experts_per_token > 0.0; }
  /// Numbers kept per token: a key and a value per layer and head.
  [[nodiscard]] double kv_numbers_per_token() const { return 2.0 * layers * kv_heads * head_dimension; }
  /// Whether so many devices can share each layer: they share out whole heads.
  [[nodiscard]] bool shared_by(std::int64_t tensor) const;
  friend auto operator<=>(const Transformer&, const Transformer&) = default;
};

[[nodiscard]] Transformer transformer_of(const catalogue::AiModel& model);

}  // namespace gigasim::models
