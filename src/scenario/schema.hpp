#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "type.hpp"

namespace gigasim::scenario {

/// Collects the definitions of a JSON Schema; each kind of map is defined once per flavour and then referred to.
class SchemaWriter {
 public:
  /// Returns a reference to the definition `name`, made by `body` at the first call.
  Json refer(const std::string& name, const std::function<Json()>& body);
  /// Returns a reference to a definition of `schema`, shared by all that are equal; small ones are returned as they
  /// are.
  Json share(const Json& schema, const std::string& key);
  [[nodiscard]] const Json& definitions() const { return definitions_; }

 private:
  std::set<std::string> started_;
  std::map<std::string, std::string> shared_;  ///< from text to name
  Json definitions_ = Json::object();
};

}  // namespace gigasim::scenario
