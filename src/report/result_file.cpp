#include "result_file.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace gigasim::report {
namespace {

namespace fs = std::filesystem;

Json parsed(const fs::path& file) {
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
  throw std::runtime_error(file.string() + ": " + problem);
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

const Json* value_at(const Json& block, std::string_view path) {
  const Json* node = &block;
  while (node != nullptr) {
    const std::size_t dot = path.find('.');
    const auto found = node->find(std::string{path.substr(0, dot)});
    node = node->is_object() && found != node->end() ? &*found : nullptr;
    if (dot == std::string_view::npos) break;
    path.remove_prefix(dot + 1);
  }
  return node;
}

std::string string_at(const Json& json, std::string_view path) {
  const Json* text = value_at(json, path);
  return text != nullptr && text->is_string() ? text->get<std::string>() : std::string{};
}

Json read_results(const fs::path& file) {
  Json json = parsed(file);
  check_schema(file, json);
  return json;
}

bool is_complete(const Json& results) {
  const Json* complete = value_at(results, "complete");
  return complete == nullptr || !complete->is_boolean() || complete->get<bool>();
}

}  // namespace gigasim::report
