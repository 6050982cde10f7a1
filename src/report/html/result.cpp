#include "result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <fstream>
#include <iterator>

#include "gigasim/report/cost.hpp"
#include "gigasim/units/calendar.hpp"
#include "result_file.hpp"
#include "summary.hpp"

namespace gigasim::report::html {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostPoints = 400;

Json manifest_beside(const fs::path& file) {
  std::ifstream in{file.parent_path() / "manifest.json", std::ios::binary};
  Json json = Json::parse(std::string{std::istreambuf_iterator<char>{in}, {}}, nullptr, false);
  return json.is_object() ? json : Json(nullptr);
}

double moment_at(const Json& json, std::string_view path) {
  const auto date = units::parse_date(string_at(json, path));
  return date ? static_cast<double>(date->best.unix_seconds) : 0.0;
}

/// Costs need to know the platform, which results of earlier releases do not tell.
void add_cost(Result& result, const fs::path& path) {
  if (list_at(result.results, "platform.sites").empty()) return;
  try {
    const CostInput input = read_cost_input(path);
    result.cost = cost::assess(input.facts, input.assumptions);
  } catch (const std::exception& error) {
    result.no_cost = error.what();
  }
}

bool all_differ(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

std::string base_or(const std::string& variant) {
  return variant.empty() ? "base" : variant;
}

}  // namespace

Result read_result(const fs::path& path) {
  const fs::path file = results_file(path);
  Result result;
  result.path = path.string();
  result.results = read_results(file);
  result.summary = summary_of(result.results, file, path.string());
  result.begin = moment_at(result.results, "period.results_begin");
  result.end = moment_at(result.results, "period.results_end");
  add_cost(result, path);
  // Beside a results.json that was named itself anything may lie; in a result folder the files belong together.
  if (file != path) {
    result.manifest = manifest_beside(file);
    result.series = coarser(read_series(path / "timeseries.csv", result.begin, result.end), kMostPoints);
  }
  return result;
}

void label_results(Results& results) {
  const auto label_by = [&](const auto& name_of) {
    for (Result& result : results) result.label = name_of(result);
    return all_differ(labels(results));
  };
  const auto variant = [](const Result& r) { return base_or(r.summary.variant); };
  const auto scenario = [](const Result& r) { return r.summary.scenario; };
  const auto both = [&](const Result& r) { return fmt::format("{} ({})", scenario(r), variant(r)); };
  if (results.size() == 1) {
    results.front().label = scenario(results.front());
    return;
  }
  const bool one_scenario = std::all_of(results.begin(), results.end(),
                                        [&](const Result& r) { return scenario(r) == scenario(results.front()); });
  if (one_scenario && label_by(variant)) return;
  if (label_by(scenario) || label_by(both)) return;
  label_by([](const Result& r) { return r.path; });
}

std::vector<std::string> labels(const Results& results) {
  std::vector<std::string> names;
  names.reserve(results.size());
  for (const Result& result : results) names.push_back(result.label);
  return names;
}

std::vector<Summary> summaries(const Results& results) {
  std::vector<Summary> all;
  all.reserve(results.size());
  for (const Result& result : results) all.push_back(result.summary);
  return all;
}

const Json* named_in(const Json& array, std::string_view name) {
  for (const Json& block : array) {
    if (string_at(block, "name") == name) return &block;
  }
  return nullptr;
}

void add_names(const Json& array, std::vector<std::string>& names) {
  for (const Json& block : array) {
    std::string name = string_at(block, "name");
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
}

const Json* block_named(const Result& result, std::string_view json_array, std::string_view name) {
  return named_in(list_at(result.results, json_array), name);
}

std::vector<std::string> block_names(const Results& results, std::string_view json_array) {
  std::vector<std::string> names;
  for (const Result& result : results) {
    add_names(list_at(result.results, json_array), names);
  }
  return names;
}

}  // namespace gigasim::report::html
