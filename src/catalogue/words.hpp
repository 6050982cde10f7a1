#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gigasim::catalogue {

/// Cuts a text at each `between`: "low <= best" at " <= " is "low", "best".
[[nodiscard]] inline std::vector<std::string_view> split_views(std::string_view text, std::string_view between) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string_view::npos; begin = end + between.size()) {
    end = text.find(between, begin);
    parts.push_back(text.substr(begin, end - begin));
  }
  return parts;
}
[[nodiscard]] inline std::vector<std::string> split_words(std::string_view text, std::string_view between) {
  const auto parts = split_views(text, between);
  return {parts.begin(), parts.end()};
}

}  // namespace gigasim::catalogue
