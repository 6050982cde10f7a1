#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "import_errors.hpp"

namespace gigasim::workload {

/// What the parser has just read: `depth` containers are open around `value`.
struct JsonEvent {
  int depth = 0;
  nlohmann::json::parse_event_t kind;
  nlohmann::json& value;
  TextPlace place;  ///< behind what was read
};

/// Reads JSON event by event. `hear` returns whether a value is kept: those that are not cost no memory. Throws
/// scenario::ScenarioError at the place of what is not JSON.
void read_json(std::string_view text, ImportErrors& errors, const std::function<bool(const JsonEvent&)>& hear);

/// A member as a number, as text; nothing for anything else.
[[nodiscard]] std::optional<double> number_member(const nlohmann::json& object, const char* key);
[[nodiscard]] std::optional<std::string> text_member(const nlohmann::json& object, const char* key);

}  // namespace gigasim::workload
