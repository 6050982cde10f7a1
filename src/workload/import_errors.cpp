#include "import_errors.hpp"

#include <fmt/format.h>

#include "gigasim/scenario/load.hpp"

namespace gigasim::workload {
namespace {

constexpr std::size_t kMostMessages = 10;
constexpr std::size_t kLongestQuote = 24;

}  // namespace

void ImportErrors::add(TextPlace place, std::string_view problem) {
  if (messages_.size() < kMostMessages) {
    messages_.push_back(fmt::format("{}:{}:{}: {}", file_, place.line, place.column, problem));
  } else {
    ++more_;
  }
}

void ImportErrors::raise_if_any() const {
  if (!messages_.empty()) raise();
}

void ImportErrors::raise(TextPlace place, std::string_view problem) {
  add(place, problem);
  raise();
}

void ImportErrors::raise() const {
  std::vector<std::string> messages = messages_;
  if (more_ > 0) messages.push_back(fmt::format("{}: and {} more", file_, more_));
  throw scenario::ScenarioError{std::move(messages)};
}

std::string quoted(std::string_view field) {
  std::string text = "\"";
  for (const char c : field.substr(0, kLongestQuote)) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte >= 0x20 && byte < 0x7f ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
  }
  return text + (field.size() > kLongestQuote ? "\"..." : "\"");
}

}  // namespace gigasim::workload
