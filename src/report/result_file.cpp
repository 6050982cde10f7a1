#include "result_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "gigasim/units/input_file.hpp"

namespace gigasim::report {
namespace {

namespace fs = std::filesystem;

Json parsed(const fs::path& file) {
  if (!units::why_not_a_file(file).empty()) fail_reading(file, "cannot be read");
  std::ifstream in{file, std::ios::binary};
  if (!in) fail_reading(file, "cannot be read");
  const std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) fail_reading(file, "not JSON, or cut off");
  return json;
}

void check_schema(const fs::path& file, const Json& json) {
  const bool has_version = json.is_object() && json.contains("schema_version") &&
                           json["schema_version"].is_number_integer() && json.contains("network");
  if (!has_version) fail_reading(file, "not a gigasim result");
  const auto version = json["schema_version"].get<std::int64_t>();
  if (version == metrics::kResultsSchemaVersion) return;
  fail_reading(file, fmt::format("results of schema version {}; this gigasim reads version {}", version,
                                 metrics::kResultsSchemaVersion));
}

}  // namespace

void fail_reading(const fs::path& file, const std::string& problem) {
  throw std::runtime_error(fmt::format("{}: {}", file.string(), problem));
}

fs::path results_file(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) fail_reading(path, "no such file or folder");
  if (!fs::is_directory(status)) return path;
  if (!fs::exists(path / "results.json", error))
    fail_reading(path, "not a gigasim result folder: it has no results.json");
  return path / "results.json";
}

Json read_results(const fs::path& file) {
  Json json = parsed(file);
  check_schema(file, json);
  return json;
}

const Json* value_at(const Json& json, std::string_view path) {
  const Json* node = &json;
  while (true) {
    const std::size_t dot = path.find('.');
    const auto found = node->find(std::string{path.substr(0, dot)});
    if (!node->is_object() || found == node->end()) return nullptr;
    node = &*found;
    if (dot == std::string_view::npos) return node;
    path.remove_prefix(dot + 1);
  }
}

std::string string_at(const Json& json, std::string_view path) {
  const Json* text = value_at(json, path);
  return text != nullptr && text->is_string() ? text->get<std::string>() : std::string{};
}

std::vector<std::string> strings_at(const Json& json, std::string_view path) {
  std::vector<std::string> texts;
  for (const Json& text : list_at(json, path)) {
    if (text.is_string()) texts.push_back(text.get<std::string>());
  }
  return texts;
}

std::optional<double> number_at(const Json& json, std::string_view path) {
  const Json* number = value_at(json, path);
  if (number == nullptr || !number->is_number()) return std::nullopt;
  return number->get<double>();
}

const Json& list_at(const Json& json, std::string_view path) {
  static const Json kNothing = Json::array();
  const Json* list = value_at(json, path);
  return list != nullptr && list->is_array() ? *list : kNothing;
}

bool is_complete(const Json& results) {
  const Json* complete = value_at(results, "complete");
  return complete == nullptr || !complete->is_boolean() || complete->get<bool>();
}

std::optional<Figure> figure_at(const Json& block, std::string_view path) {
  const std::optional<double> value = number_at(block, path);
  if (!value) return std::nullopt;
  const Json& bounds = list_at(block, "lower_bounds");
  if (std::find(bounds.begin(), bounds.end(), path) == bounds.end()) return Figure{*value, false};
  const Json* most = value_at(block, "upper_bounds");
  if (most == nullptr || !most->is_object() || !most->contains(path)) return Figure{*value, true};
  const Json& limit = (*most)[std::string{path}];
  return Figure{*value, true, limit.is_number() ? std::optional{limit.get<double>()} : std::nullopt};
}

}  // namespace gigasim::report
