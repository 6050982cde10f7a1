#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/catalogue/overlay.hpp"
#include "gigasim/catalogue/table.hpp"

namespace gigasim::catalogue {

/// Keeps the tables of a new edition, found again by its content.
Edition add_edition(const std::string& content, std::vector<Table> tables);
[[nodiscard]] std::optional<Edition> known_edition(const std::string& content);

/// What is made of the tables once per edition, at the first look. It lives as long as the program, so that pointers to
/// it stay good whatever edition is in use.
template <class T>
class PerEdition {
 public:
  explicit PerEdition(T (*make)()) : make_(make) {}

  [[nodiscard]] const T& get() {
    std::unique_ptr<const T>& made = made_[edition_in_use()];
    if (made == nullptr) made = std::make_unique<const T>(make_());
    return *made;
  }

 private:
  T (*make_)();
  std::map<Edition, std::unique_ptr<const T>> made_;
};

}  // namespace gigasim::catalogue
