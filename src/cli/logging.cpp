#include "logging.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "gigasim/units/printable.hpp"

namespace gigasim::cli {
namespace {

/// The text of a message, safe for a terminal: names and values of files stand in it.
class SafeText final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm& /*time*/, spdlog::memory_buf_t& out) override {
    const std::string text =
        units::printable({message.payload.data(), message.payload.size()}, units::LineFeeds::kKeep);
    out.append(text.data(), text.data() + text.size());
  }
  [[nodiscard]] std::unique_ptr<spdlog::custom_flag_formatter> clone() const override {
    return std::make_unique<SafeText>();
  }
};

}  // namespace

void set_up_logging(const GlobalOptions& options) {
  const auto mode = options.colour == "always"  ? spdlog::color_mode::always
                    : options.colour == "never" ? spdlog::color_mode::never
                                                : spdlog::color_mode::automatic;
  auto logger =
      std::make_shared<spdlog::logger>("gigasim", std::make_shared<spdlog::sinks::stderr_color_sink_st>(mode));
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<SafeText>('*').set_pattern("%^%l%$: %*");
  logger->set_formatter(std::move(formatter));
  logger->set_level(options.quiet ? spdlog::level::err : options.verbose ? spdlog::level::debug : spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
#ifndef NDEBUG
  spdlog::warn("this is not an optimised build: expect it to be several times slower");
#endif
}

}  // namespace gigasim::cli
