#include "schema.hpp"

#include <fmt/format.h>

#include "declarations.hpp"
#include "gigasim/scenario/load.hpp"

namespace gigasim::scenario {

Json SchemaWriter::refer(const std::string& name, const std::function<Json()>& body) {
  if (started_.insert(name).second) {
    Json definition = body();
    definitions_[name] = std::move(definition);
  }
  return {{"$ref", "#/$defs/" + name}};
}

Json SchemaWriter::share(const Json& schema, const std::string& key) {
  constexpr std::size_t kSmall = 160;
  const std::string text = schema.dump();
  if (text.size() < kSmall) return schema;
  const auto [known, is_new] = shared_.emplace(text, "value-" + key);
  if (is_new) {
    for (int n = 2; started_.contains(known->second); ++n) known->second = fmt::format("value-{}-{}", key, n);
  }
  return refer(known->second, [&] { return schema; });
}

std::string json_schema() {
  SchemaWriter writer;
  const auto& scenario = scenario_object();
  const Json full = scenario.schema(writer, Flavour::kFull);
  const Json partial = scenario.schema(writer, Flavour::kPartial);
  const Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                    {"title", "gigasim scenario"},
                    {"description", "Format version 1. A file that extends another may leave anything out."},
                    {"if", {{"type", "object"}, {"required", Json::array({"extends"})}}},
                    {"then", partial},
                    {"else", full},
                    {"$defs", writer.definitions()}};
  return schema.dump(2) + "\n";
}

}  // namespace gigasim::scenario
