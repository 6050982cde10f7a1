#include "privileges.hpp"

#include <cstddef>
#include <cstdint>

#include "result_file.hpp"

namespace gigasim::report {

std::vector<SummaryPrivilege> privileges_of(const scenario::Scenario& scenario) {
  std::vector<SummaryPrivilege> all;
  for (std::size_t p = 0; p < scenario.scheduling.privileges.size(); ++p) {
    SummaryPrivilege& privilege = all.emplace_back(SummaryPrivilege{scenario.scheduling.privileges[p].name, {}});
    for (const scenario::Stream& stream : scenario.workload.streams) {
      if (stream.privilege == static_cast<std::int32_t>(p)) privilege.streams.push_back(stream.name);
    }
  }
  return all;
}

std::vector<SummaryPrivilege> privileges_of(const Json& results, const std::filesystem::path& file) {
  std::vector<SummaryPrivilege> all;
  const Json* list = value_at(results, "privileges");
  if (list == nullptr) return all;  // an earlier release did not tell them
  if (!list->is_array()) fail_reading(file, "privileges is not an array");
  for (const Json& one : *list) {
    if (string_at(one, "name").empty()) fail_reading(file, "privileges[].name is not a text");
    all.push_back({string_at(one, "name"), strings_at(one, "streams")});
  }
  return all;
}

Json privileges_json(const scenario::Scenario& scenario) {
  Json array = Json::array();
  const std::vector<SummaryPrivilege> privileges = privileges_of(scenario);
  for (std::size_t p = 0; p < privileges.size(); ++p) {
    const scenario::Privilege& right = scenario.scheduling.privileges[p];
    array.push_back({{"name", right.name},
                     {"labels", right.labels},
                     {"streams", privileges[p].streams},
                     {"sites", right.sites},
                     {"reserve", json_number(right.reserve)},
                     {"unused", right.unused == scenario::UnusedReserve::kLent ? "lent" : "idle"},
                     {"priority", right.priority}});
  }
  return array;
}

}  // namespace gigasim::report
