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

}  // namespace gigasim::catalogue
