#include "logging.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace gigasim::cli {

void set_up_logging(const GlobalOptions& options) {
  const auto mode = options.colour == "always"  ? spdlog::color_mode::always
                    : options.colour == "never" ? spdlog::color_mode::never
                                                : spdlog::color_mode::automatic;
  auto logger =
      std::make_shared<spdlog::logger>("gigasim", std::make_shared<spdlog::sinks::stderr_color_sink_st>(mode));
  logger->set_pattern("%^%l%$: %v");
  logger->set_level(options.quiet ? spdlog::level::err : options.verbose ? spdlog::level::debug : spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
#ifndef NDEBUG
  spdlog::warn("this is not an optimised build: expect it to be several times slower");
#endif
}

}  // namespace gigasim::cli
