#include "gigasim/catalogue/ai_models.hpp"

#include <algorithm>

#include "cells.hpp"
#include "editions.hpp"

namespace gigasim::catalogue {
namespace {

constexpr double kBillion = 1e9;

int whole(const Row& row, std::string_view column) {
  return static_cast<int>(row.number(column).value_or(0.0));
}

AiModel read_ai_model(const Row& row) {
  AiModel model;
  model.id = row.id();
  model.name = row["name"];
  model.aliases = list(row, "aliases");
  model.mixture = row["kind"] == "moe";
  model.parameters = required(row, "params_b") * kBillion;
  model.active_parameters = required(row, "active_params_b") * kBillion;
  model.layers = static_cast<int>(required(row, "layers"));
  model.hidden = static_cast<int>(required(row, "hidden"));
  model.heads = static_cast<int>(required(row, "heads"));
  model.kv_heads = static_cast<int>(required(row, "kv_heads"));
  model.head_dimension = static_cast<int>(required(row, "head_dim"));
  model.experts = whole(row, "experts");
  model.experts_per_token = whole(row, "experts_per_token");
  model.context = static_cast<std::int64_t>(required(row, "context_tokens"));
  model.row = &row;
  return model;
}

}  // namespace

std::span<const AiModel> ai_models() {
  static PerEdition<std::vector<AiModel>> all{[] { return read_rows("ai-models", read_ai_model); }};
  return all.get();
}

const AiModel* find_ai_model(std::string_view id_or_alias) {
  const auto all = ai_models();
  const auto answers = [&](const AiModel& model) { return answers_to(model.id, model.aliases, id_or_alias); };
  const auto found = std::find_if(all.begin(), all.end(), answers);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace gigasim::catalogue
