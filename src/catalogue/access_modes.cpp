#include "gigasim/catalogue/access_modes.hpp"

#include <algorithm>

#include "cells.hpp"
#include "editions.hpp"

namespace gigasim::catalogue {
namespace {

AccessMode read_access_mode(const Row& row) {
  AccessMode mode;
  mode.id = row.id();
  mode.family = row["family"];
  mode.time_holder = row["time_holder"];
  mode.eligible_users = list(row, "eligible_users");
  mode.min_amount = row.number("min_amount");
  mode.max_amount = row.number("max_amount");
  mode.amount_unit = row["amount_unit"];
  mode.allocation_months = row.number("allocation_months");
  mode.decision_working_days = row.number("decision_working_days");
  mode.cut_offs = row["cut_offs"];
  mode.row = &row;
  return mode;
}

}  // namespace

std::span<const AccessMode> access_modes() {
  static PerEdition<std::vector<AccessMode>> all{[] { return read_rows("access-modes", read_access_mode); }};
  return all.get();
}

const AccessMode* find_access_mode(std::string_view id) {
  const auto all = access_modes();
  const auto found = std::find_if(all.begin(), all.end(), [&](const AccessMode& m) { return m.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace gigasim::catalogue
