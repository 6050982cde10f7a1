#pragma once

#include "commands.hpp"

namespace gigasim::cli {

/// Declares `models train`: what the models say of one job.
void add_models_train_command(CLI::App& models, Action& action);

}  // namespace gigasim::cli
