#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "key_rules.hpp"
#include "printer.hpp"
#include "reference.hpp"
#include "schema.hpp"
#include "type.hpp"

namespace gigasim::scenario {

/// How a map is written that fills an S: the declarations from which reading, checking of keys, printing, the JSON
/// Schema and the reference are made. S has a member `Origin at`.
template <class S>
class Object {
 public:
  Object(std::string name, std::string doc) : name_(std::move(name)), doc_(std::move(doc)) {}

  /// A single value.
  template <class T>
  Object& field(const std::string& key, Setting<T> S::*member, Type<T> type, const Need& need, const std::string& doc) {
    Field f = make_field(key, need, doc);
    f.read = [member, type](const YamlNode& node, S& spec, Context& context) {
      spec.*member = type.read(node, context);
    };
    if (!f.need.value.empty()) {
      f.absent = [member, type, value = f.need.value](S& spec, Context& context) {
        spec.*member = type.read(scalar_node(value, Origin{}), context);
      };
    }
    f.print = [member, type, key = f.key](const S& spec, Printer& printer) {
      if (spec.*member) printer.leaf(key, print_setting(type, spec.*member), (spec.*member).origin);
    };
    f.schema = [schema = type.schema, key = f.key](SchemaWriter& writer, Flavour /*flavour*/) {
      return writer.share(schema, key);
    };
    f.describe = [f, written = type.written](ReferenceWriter& writer) {
      writer.row(f.key, written, f.need.otherwise, f.doc);
    };
    fields_.push_back(std::move(f));
    return *this;
  }

  /// A map inside, always there: its own defaults apply when it is absent.
  template <class U>
  Object& map(const std::string& key, U S::*member, const Object<U>& inner, const Need& need) {
    Field f = make_field(key, need, "");
    f.read = [member, &inner](const YamlNode& node, S& spec, Context& c) { spec.*member = inner.read(node, c); };
    if (!f.need.required) {
      f.absent = [member, &inner](S& spec, Context& c) { spec.*member = inner.read(map_node(spec.at), c); };
    }
    f.print = [member, &inner, key = f.key](const S& spec, Printer& printer) {
      printer.open(key);
      inner.print(spec.*member, printer);
      printer.close();
    };
    add_inner(std::move(f), inner);
    return *this;
  }

  /// A map inside that may be missing.
  template <class U>
  Object& map(const std::string& key, std::optional<U> S::*member, const Object<U>& inner, const Need& need) {
    Field f = make_field(key, need, "");
    f.read = [member, &inner](const YamlNode& node, S& spec, Context& c) { spec.*member = inner.read(node, c); };
    f.print = [member, &inner, key = f.key](const S& spec, Printer& printer) {
      if (!(spec.*member)) return;
      printer.open(key);
      inner.print(*(spec.*member), printer);
      printer.close();
    };
    add_inner(std::move(f), inner);
    return *this;
  }

  /// A list of named maps. U has a member `Setting<std::string> name`.
  template <class U>
  Object& list(const std::string& key, std::vector<U> S::*member, const Object<U>& item, const Need& need,
               const std::string& doc) {
    Field f = make_field(key, need, doc);
    const bool may_be_empty = !f.need.required;
    f.read = [member, &item, may_be_empty](const YamlNode& node, S& spec, Context& c) {
      const auto* items = read_items(node, may_be_empty || c.flavour() != Flavour::kFull, c);
      for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        const auto step = c.enter_item((*items)[i], i);
        (spec.*member).push_back(item.read((*items)[i], c));
      }
    };
    f.print = [member, &item, key = f.key](const S& spec, Printer& printer) {
      printer.open(key);
      for (const U& one : spec.*member) {
        printer.open_item(*one.name);
        item.print(one, printer);
        printer.close();
      }
      printer.close();
    };
    f.schema = [&item, may_be_empty](SchemaWriter& writer, Flavour flavour) {
      return list_schema(item.schema(writer, Flavour::kFull), item.schema(writer, Flavour::kPartial), item.rules(),
                         flavour, may_be_empty);
    };
    f.describe = [f, &item](ReferenceWriter& writer) {
      const std::string title = writer.list_title(f.key);
      writer.row(f.key, "list, see `" + title + "`", f.need.otherwise, f.doc);
      writer.open_section("`" + title + "`", item.doc());
      item.describe(writer);
      writer.close_section();
    };
    fields_.push_back(std::move(f));
    return *this;
  }

  /// A list of single values.
  template <class T>
  Object& values(const std::string& key, std::vector<Setting<T>> S::*member, Type<T> type, const Need& need,
                 const std::string& doc) {
    Field f = make_field(key, need, doc);
    f.read = [member, type](const YamlNode& node, S& spec, Context& c) {
      const auto* items = read_items(node, true, c);
      for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        const auto step = c.enter_item((*items)[i], i);
        (spec.*member).push_back(type.read((*items)[i], c));
      }
    };
    f.print = [member, type, key = f.key](const S& spec, Printer& printer) {
      for (std::size_t i = 0; i < (spec.*member).size(); ++i) {
        const Setting<T>& one = (spec.*member)[i];
        printer.leaf(fmt::format("{}[{}]", key, i), print_setting(type, one), one.origin);
      }
    };
    f.schema = [schema = type.schema, key](SchemaWriter& writer, Flavour /*flavour*/) -> Json {
      return {{"type", "array"}, {"items", writer.share(schema, key)}};
    };
    f.describe = [f, written = type.written](ReferenceWriter& writer) {
      writer.row(f.key, "list of lines " + written, f.need.otherwise, f.doc);
    };
    fields_.push_back(std::move(f));
    return *this;
  }

  /// A key that composition consumes before the map is read: it has a schema and a line in the reference only.
  Object& consumed(const std::string& key, std::function<Json(SchemaWriter&)> schema, std::string written,
                   const Need& need, const std::string& doc) {
    Field f = make_field(key, need, doc);
    f.need.required = false;
    f.required_in_schema = need.required;
    f.read = [](const YamlNode& /*node*/, S& /*spec*/, Context& /*context*/) {};
    f.print = [](const S& /*spec*/, Printer& /*printer*/) {};
    f.schema = [schema = std::move(schema), key = f.key](SchemaWriter& writer, Flavour /*flavour*/) {
      return writer.share(schema(writer), key);
    };
    f.describe = [f, written = std::move(written)](ReferenceWriter& writer) {
      writer.row(f.key, written, f.need.otherwise, f.doc);
    };
    fields_.push_back(std::move(f));
    return *this;
  }

  Object& rules(KeyRules rules) {
    rules_ = std::move(rules);
    return *this;
  }

  [[nodiscard]] const std::string& doc() const { return doc_; }
  [[nodiscard]] const KeyRules& rules() const { return rules_; }

  [[nodiscard]] S read(const YamlNode& node, Context& context) const {
    S spec;
    spec.at = node.origin;
    if (!node.is_map()) {
      context.error(node.origin, fmt::format("must be a map of keys, got {}", shown(node)));
      return spec;
    }
    for (const Entry& entry : node.entries) check_key(entry, context);
    for (const Field& field : fields_) read_field(field, node, spec, context);
    if (context.flavour() == Flavour::kFull) check_key_rules(node, rules_, context);
    return spec;
  }

  void print(const S& spec, Printer& printer) const {
    for (const Field& field : fields_) field.print(spec, printer);
  }

  [[nodiscard]] Json schema(SchemaWriter& writer, Flavour flavour) const {
    return writer.refer(flavoured(name_, flavour), [&] { return schema_body(writer, flavour); });
  }

  void describe(ReferenceWriter& writer) const {
    for (const Field& field : fields_) field.describe(writer);
  }

 private:
  struct Field {
    std::string key, doc;
    Need need;
    bool required_in_schema = false;
    std::function<void(const YamlNode&, S&, Context&)> read;
    std::function<void(S&, Context&)> absent;
    std::function<void(const S&, Printer&)> print;
    std::function<Json(SchemaWriter&, Flavour)> schema;
    std::function<void(ReferenceWriter&)> describe;
  };

  static Field make_field(const std::string& key, const Need& need, const std::string& doc) {
    Field f;
    f.key = key;
    f.doc = doc;
    f.required_in_schema = need.required;
    f.need = need;
    return f;
  }

  template <class U>
  void add_inner(Field f, const Object<U>& inner) {
    f.schema = [&inner](SchemaWriter& writer, Flavour flavour) {
      return inner.schema(writer, flavour == Flavour::kVariant ? Flavour::kPartial : flavour);
    };
    f.describe = [key = f.key, &inner](ReferenceWriter& writer) {
      writer.enter(key);
      inner.describe(writer);
      writer.leave();
    };
    fields_.push_back(std::move(f));
  }

  void check_key(const Entry& entry, Context& context) const {
    const auto field = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.key == entry.key; });
    if (field == fields_.end()) {
      std::vector<std::string> keys;
      for (const Field& f : fields_) keys.push_back(f.key);
      return report_unknown_key(entry, keys, context);
    }
    const auto step = context.enter(entry.key);
    if (field->need.only_at_top && context.flavour() == Flavour::kVariant) {
      context.error(entry.at, "may not stand in a variant");
    } else if (!field->need.only_in_merges.empty() && context.flavour() == Flavour::kFull) {
      context.error(entry.at, field->need.only_in_merges);
    } else if (entry.value.kind == YamlNode::Kind::kNull) {
      context.error(entry.at, "has no value");
    }
  }

  void read_field(const Field& field, const YamlNode& node, S& spec, Context& context) const {
    const YamlNode* value = node.find(field.key);
    const bool full = context.flavour() == Flavour::kFull;
    if (value == nullptr && full && field.need.required) {
      context.error(node.origin, fmt::format("missing key \"{}\"", field.key));
    }
    const auto step = context.enter(field.key);
    if (value != nullptr && value->kind != YamlNode::Kind::kNull) {
      field.read(*value, spec, context);
    } else if (value == nullptr && full && field.absent) {
      field.absent(spec, context);
    }
  }

  [[nodiscard]] Json schema_body(SchemaWriter& writer, Flavour flavour) const {
    Json properties = Json::object();
    Json required_keys = Json::array();
    for (const Field& field : fields_) {
      if (field.need.only_at_top && flavour == Flavour::kVariant) continue;
      if (!field.need.only_in_merges.empty() && flavour == Flavour::kFull) continue;
      Json schema = field.schema(writer, flavour);
      if (!field.doc.empty()) schema["description"] = field.doc;
      properties[field.key] = std::move(schema);
      const bool always = field.key == "gigasim" && flavour == Flavour::kPartial;
      if (field.required_in_schema && (flavour == Flavour::kFull || always)) required_keys.push_back(field.key);
    }
    Json body{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!doc_.empty()) body["description"] = doc_;
    if (!required_keys.empty()) body["required"] = std::move(required_keys);
    if (flavour == Flavour::kFull) add_rules_to_schema(body, rules_);
    return body;
  }

  std::string name_, doc_;
  std::vector<Field> fields_;
  KeyRules rules_;
};

}  // namespace gigasim::scenario
