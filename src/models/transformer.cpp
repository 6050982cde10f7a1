#include "gigasim/models/transformer.hpp"

#include <cmath>

namespace gigasim::models {

Transformer transformer_of(const catalogue::AiModel& model) {
  Transformer out;
  out.parameters = model.parameters;
  out.active_parameters = model.active_parameters;
  out.layers = model.layers;
  out.hidden = model.hidden;
  out.heads = model.heads;
  out.kv_heads = model.kv_heads;
  out.head_dimension = model.head_dimension;
  out.experts_per_token = model.mixture ? model.experts_per_token : 0;
  return out;
}

bool Transformer::shared_by(std::int64_t tensor) const {
  return std::fmod(heads, static_cast<double>(tensor)) == 0.0;
}

}  // namespace gigasim::models
