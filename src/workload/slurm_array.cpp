#include "slurm_array.hpp"

#include <algorithm>

#include "gigasim/units/text.hpp"

namespace gigasim::workload {
namespace {

constexpr std::int64_t kMostTasks = 10'000;
constexpr std::int64_t kLargestTask = 4'000'001;  // the limit of MaxArraySize

/// Adds the tasks of "7", "1-3" or "1-9:2"; false for anything else.
bool add_tasks(std::string_view part, std::vector<std::int64_t>& tasks) {
  const std::size_t colon = std::min(part.find(':'), part.size());
  const std::string_view range = part.substr(0, colon);
  const std::size_t dash = std::min(range.find('-'), range.size());
  const auto first = units::parse_integer(range.substr(0, dash));
  const auto last = dash == range.size() ? first : units::parse_integer(range.substr(dash + 1));
  const auto step =
      colon == part.size() ? std::optional<std::int64_t>{1} : units::parse_integer(part.substr(colon + 1));
  if (!first || !last || !step || *first < 0 || *last < *first || *last > kLargestTask || *step < 1) return false;
  const std::int64_t count = (*last - *first) / *step + 1;
  if (static_cast<std::int64_t>(tasks.size()) + count > kMostTasks) return false;
  for (std::int64_t i = 0; i < count; ++i) tasks.push_back(*first + i * *step);
  return true;
}

}  // namespace

std::optional<ArrayRange> array_range(std::string_view id) {
  const std::size_t open = id.find("_[");
  if (open == std::string_view::npos) return std::nullopt;
  ArrayRange range{std::string{id.substr(0, open)}, {}};
  std::string_view list = id.substr(open + 2);
  if (!list.ends_with(']')) return range;
  list.remove_suffix(1);
  list = list.substr(0, list.find('%'));  // behind it: how many may run at once
  while (!list.empty()) {
    const std::string_view part = list.substr(0, list.find(','));
    list.remove_prefix(std::min(part.size() + 1, list.size()));
    if (add_tasks(part, range.tasks)) continue;
    range.tasks.clear();
    break;
  }
  return range;
}

}  // namespace gigasim::workload
