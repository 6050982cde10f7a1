#include "settings.hpp"

namespace gigasim::cli {

void declare_settings(CLI::App& command, std::vector<std::string>& settings, const std::string& help) {
  command.add_option("--set", settings, help)
      ->type_name("PATH=VALUE")
      ->expected(1)
      ->take_all()
      ->check([](const std::string& text) {
        return text.find('=') == std::string::npos || text.front() == '=' ? "needs PATH=VALUE, got " + text
                                                                          : std::string{};
      });
}

std::vector<std::pair<std::string, std::string>> split_settings(const std::vector<std::string>& settings) {
  std::vector<std::pair<std::string, std::string>> split;
  split.reserve(settings.size());
  for (const std::string& text : settings) {
    const auto sign = text.find('=');
    split.emplace_back(text.substr(0, sign), text.substr(sign + 1));
  }
  return split;
}

}  // namespace gigasim::cli
