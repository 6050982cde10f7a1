#include "grouping.hpp"

#include <array>

#include "gigasim/catalogue/table.hpp"
#include "gigasim/report/humane.hpp"
#include "site.hpp"

namespace gigasim::report::html {
namespace {

std::string class_words(std::string_view id) {
  const catalogue::Table* modes = catalogue::find_table("access-modes");
  const catalogue::Row* row = modes == nullptr ? nullptr : modes->find(id);
  return row == nullptr ? std::string{id} : (*row)["name"];
}

/// "user_type=start_up" as "user type: start up".
std::string label_words(std::string_view label) {
  const std::size_t sign = label.find('=');
  return sign == std::string_view::npos ? std::string{label} : humane::words(label).replace(sign, 1, ": ");
}

constexpr std::array kGroupings{
    Grouping{"access_classes", "class", "Wait by access class", "access class", class_words},
    Grouping{"labels", "label", "Wait by label", "label", label_words},
    Grouping{"origins", "origin", "Wait by country of the users", "country", country_name}};

}  // namespace

std::span<const Grouping> groupings() {
  return kGroupings;
}

}  // namespace gigasim::report::html
