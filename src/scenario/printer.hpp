#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gigasim/scenario/load.hpp"
#include "node.hpp"

namespace gigasim::scenario {

/// Lists the leaves of filled-in specs with their paths, in declared order.
class Printer {
 public:
  void leaf(std::string_view key, std::string value, const Origin& origin);
  void open(std::string_view key);        ///< a map under `key`
  void open_item(std::string_view name);  ///< an item of the list that is open
  void close();
  [[nodiscard]] std::vector<Resolved> take() { return std::move(resolved_); }

 private:
  std::string path_;
  std::vector<std::size_t> lengths_;
  std::vector<Resolved> resolved_;
};

}  // namespace gigasim::scenario
