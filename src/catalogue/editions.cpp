#include "editions.hpp"

#include <deque>
#include <stdexcept>
#include <utility>

#include "load.hpp"

namespace gigasim::catalogue {
namespace {

struct Editions {
  std::deque<std::vector<Table>> own;  ///< edition 1, 2, ...: places do not move
  std::map<std::string, Edition> by_content;
  Edition in_use = kBuiltIn;
};

Editions& editions() {
  static Editions all;
  return all;
}

}  // namespace

Edition edition_in_use() {
  return editions().in_use;
}

void use_edition(Edition edition) {
  if (edition < kBuiltIn || edition > static_cast<Edition>(editions().own.size())) {
    throw std::logic_error{"there is no such edition of the catalogue"};
  }
  editions().in_use = edition;
}

ScopedEdition::~ScopedEdition() {
  editions().in_use = before_;
}

std::vector<Table>& loaded_tables() {
  Editions& all = editions();
  return all.in_use == kBuiltIn ? builtin_tables() : all.own[static_cast<std::size_t>(all.in_use) - 1];
}

Edition add_edition(const std::string& content, std::vector<Table> tables) {
  Editions& all = editions();
  all.own.push_back(std::move(tables));
  const auto edition = static_cast<Edition>(all.own.size());
  for (Table& table : all.own.back()) {
    for (Row& row : table.rows) row.columns = table.columns;
  }
  all.by_content[content] = edition;
  return edition;
}

std::optional<Edition> known_edition(const std::string& content) {
  const auto found = editions().by_content.find(content);
  return found == editions().by_content.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace gigasim::catalogue
