#include "job_links.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace gigasim::workload {
namespace {

std::vector<std::size_t> sorted_by_id(const std::vector<LinkedRow>& rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rows[a].id < rows[b].id; });
  return order;
}

void refuse(LinkedRow& row, std::string_view reason, const std::string& problem, ImportErrors& errors) {
  if (!row.bad) errors.bad_row(row.place, reason, problem);
  row.bad = true;
}

std::int64_t row_called(LinkedRow& row, const std::vector<LinkedRow>& rows, const std::vector<std::size_t>& order,
                        ImportErrors& errors) {
  const auto first = std::lower_bound(order.begin(), order.end(), row.after,
                                      [&](std::size_t r, const std::string& id) { return rows[r].id < id; });
  if (first == order.end() || rows[*first].id != row.after) {
    refuse(row, "after: no job has that id", "after: no job has the id " + workload::quoted(row.after), errors);
    return -1;
  }
  if (const auto second = first + 1; second != order.end() && rows[*second].id == row.after) {
    refuse(row, "after: more than one job has that id",
           "after: more than one job has the id " + workload::quoted(row.after), errors);
    return -1;
  }
  return static_cast<std::int64_t>(*first);
}

/// Walks each chain once: a walk that comes back to itself is a cycle.
void find_cycles(std::vector<LinkedRow>& rows, std::vector<std::int64_t>& before, ImportErrors& errors) {
  std::vector<std::size_t> walk_of(rows.size(), 0);  // 0: not yet seen
  for (std::size_t start = 0; start < rows.size(); ++start) {
    auto row = static_cast<std::int64_t>(start);
    while (row >= 0 && walk_of[static_cast<std::size_t>(row)] == 0) {
      walk_of[static_cast<std::size_t>(row)] = start + 1;
      row = before[static_cast<std::size_t>(row)];
    }
    if (row < 0 || walk_of[static_cast<std::size_t>(row)] != start + 1) continue;
    const auto at = static_cast<std::size_t>(row);
    refuse(rows[at], "after: a job that comes after itself",
           "after: job " + workload::quoted(rows[at].id) + " comes after itself, in a cycle", errors);
    before[at] = -1;
  }
}

}  // namespace

std::vector<std::int64_t> find_links(std::vector<LinkedRow>& rows, ImportErrors& errors) {
  std::vector<std::int64_t> before(rows.size(), -1);
  const bool any = std::any_of(rows.begin(), rows.end(), [](const LinkedRow& row) { return !row.after.empty(); });
  if (!any) return before;
  const std::vector<std::size_t> order = sorted_by_id(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].after.empty()) before[i] = row_called(rows[i], rows, order, errors);
  }
  find_cycles(rows, before, errors);
  return before;
}

}  // namespace gigasim::workload
