#include "gigasim/models/transformer.hpp"

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

}  // namespace gigasim::models
