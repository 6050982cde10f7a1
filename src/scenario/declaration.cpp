#include <fmt/format.h>

#include <algorithm>

#include "object.hpp"

namespace gigasim::scenario {
namespace {

void read_field(const Field& field, const YamlNode& node, void* spec, Context& context) {
  const YamlNode* value = node.find(field.key());
  const bool full = context.flavour() == Flavour::kFull;
  if (value == nullptr && full && field.is_required_when_read()) {
    context.error(node.origin, fmt::format("missing key \"{}\"", field.key()));
  }
  const auto step = context.enter(field.key());
  if (value != nullptr && value->kind != YamlNode::Kind::kNull) {
    field.read(*value, spec, context);
  } else if (value == nullptr && full) {
    field.fill_in(spec, context);
  }
}

}  // namespace

Json ConsumedField::schema(SchemaWriter& writer, Flavour /*flavour*/) const {
  return writer.share(schema_(writer), key());
}

void ConsumedField::describe(ReferenceWriter& writer) const {
  writer.row(key(), written_, need().otherwise, doc());
}

Json OuterField::schema(SchemaWriter& writer, Flavour flavour) const {
  return inner().schema(writer, flavour == Flavour::kVariant ? Flavour::kPartial : flavour);
}

void OuterField::describe(ReferenceWriter& writer) const {
  writer.enter(key());
  inner().describe(writer);
  writer.leave();
}

void OuterField::print_inner(const void* spec, Printer& printer) const {
  printer.open(key());
  inner().print(spec, printer);
  printer.close();
}

Json ListField::schema(SchemaWriter& writer, Flavour flavour) const {
  return list_schema(inner().schema(writer, Flavour::kFull), inner().schema(writer, Flavour::kPartial), inner().rules(),
                     flavour, !need().required);
}

void ListField::describe(ReferenceWriter& writer) const {
  const std::string title = writer.list_title(key());
  writer.row(key(), "list, see `" + title + "`", need().otherwise, doc());
  writer.open_section("`" + title + "`", inner().doc());
  inner().describe(writer);
  writer.close_section();
}

const std::vector<YamlNode>* ListField::items(const YamlNode& node, Context& context) const {
  return read_items(node, !need().required || context.flavour() != Flavour::kFull, context);
}

void Declaration::read_fields(const YamlNode& node, void* spec, Context& context) const {
  if (!node.is_map()) {
    context.error(node.origin, fmt::format("must be a map of keys, got {}", shown(node)));
    return;
  }
  for (const Entry& entry : node.entries) check_key(entry, context);
  for (const auto& field : fields_) read_field(*field, node, spec, context);
  if (context.flavour() == Flavour::kFull) check_key_rules(node, rules_, context);
}

void Declaration::check_key(const Entry& entry, Context& context) const {
  const auto found =
      std::find_if(fields_.begin(), fields_.end(), [&](const auto& field) { return field->key() == entry.key; });
  if (found == fields_.end()) {
    std::vector<std::string> keys;
    for (const auto& field : fields_) keys.push_back(field->key());
    return report_unknown_key(entry, keys, context);
  }
  const Need& need = (*found)->need();
  const auto step = context.enter(entry.key);
  if (need.only_at_top && context.flavour() == Flavour::kVariant) {
    context.error(entry.at, "may not stand in a variant");
  } else if (!need.only_in_merges.empty() && context.flavour() == Flavour::kFull) {
    context.error(entry.at, need.only_in_merges);
  } else if (entry.value.kind == YamlNode::Kind::kNull) {
    context.error(entry.at, "has no value");
  }
}

Json Declaration::schema(SchemaWriter& writer, Flavour flavour) const {
  return writer.refer(flavoured(name_, flavour), [&] { return schema_body(writer, flavour); });
}

Json Declaration::schema_body(SchemaWriter& writer, Flavour flavour) const {
  Json properties = Json::object();
  Json required_keys = Json::array();
  for (const auto& field : fields_) {
    const Need& need = field->need();
    if (need.only_at_top && flavour == Flavour::kVariant) continue;
    if (!need.only_in_merges.empty() && flavour == Flavour::kFull) continue;
    Json schema = field->schema(writer, flavour);
    if (!field->doc().empty()) schema["description"] = field->doc();
    properties[field->key()] = std::move(schema);
    const bool always = field->key() == "gigasim" && flavour == Flavour::kPartial;
    if (need.required && (flavour == Flavour::kFull || always)) required_keys.push_back(field->key());
  }
  Json body{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!doc_.empty()) body["description"] = doc_;
  if (!required_keys.empty()) body["required"] = std::move(required_keys);
  if (flavour == Flavour::kFull) add_rules_to_schema(body, rules_);
  return body;
}

}  // namespace gigasim::scenario
