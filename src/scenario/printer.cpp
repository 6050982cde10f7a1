#include "printer.hpp"

#include <fmt/format.h>

#include <utility>

namespace gigasim::scenario {

void Printer::leaf(std::string_view key, std::string value, const Origin& origin) {
  const std::string path = path_.empty() ? std::string{key} : fmt::format("{}.{}", path_, key);
  resolved_.push_back({path, std::move(value), citation(origin)});
}

void Printer::open(std::string_view key) {
  lengths_.push_back(path_.size());
  if (!path_.empty()) path_ += '.';
  path_ += key;
}

void Printer::open_item(std::string_view name) {
  lengths_.push_back(path_.size());
  path_ += fmt::format("[{}]", name);
}

void Printer::close() {
  path_.resize(lengths_.back());
  lengths_.pop_back();
}

}  // namespace gigasim::scenario
