#include "cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace gigasim::catalogue {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// By hand because the library's tolower follows the locale.
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

const std::vector<Row>& rows_of(std::string_view kind) {
  const Table* table = find_table(kind);
  if (table == nullptr) throw std::logic_error{fmt::format("the catalogue has no kind \"{}\"", kind)};
  return table->rows;
}

double required(const Row& row, std::string_view column) {
  const auto value = row.number(column);
  if (!value) throw std::logic_error{fmt::format("{} of \"{}\" is empty", column, row.id())};
  return *value;
}

bool yes_no(const Row& row, std::string_view column) {
  const std::string& cell = row[column];
  if (cell != "yes" && cell != "no") {
    throw std::logic_error{fmt::format(R"({} of "{}" is neither yes nor no: "{}")", column, row.id(), cell)};
  }
  return cell == "yes";
}

std::vector<std::string> list(const Row& row, std::string_view column) {
  std::vector<std::string> parts;
  std::string_view rest = row[column];
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    if (const auto word = trimmed(part); !word.empty()) parts.emplace_back(word);
  }
  return parts;
}

bool answers_to(std::string_view id, const std::vector<std::string>& aliases, std::string_view name) {
  return same_letters(id, name) || std::any_of(aliases.begin(), aliases.end(),
                                               [&](const std::string& alias) { return same_letters(alias, name); });
}

}  // namespace gigasim::catalogue
