#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "key_rules.hpp"
#include "printer.hpp"
#include "reference.hpp"
#include "schema.hpp"
#include "type.hpp"

namespace gigasim::scenario {

/// One key of a map. What it fills is known to the field alone: the rest of a map's declaration is the same code for
/// all maps, which keeps a hundred fields quick to compile.
class Field {
 public:
  Field(std::string key, Need need, std::string doc)
      : key_(std::move(key)), doc_(std::move(doc)), need_(std::move(need)) {}
  virtual ~Field() = default;
  Field(const Field&) = delete;
  Field& operator=(const Field&) = delete;

  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const std::string& doc() const { return doc_; }
  [[nodiscard]] const Need& need() const { return need_; }
  [[nodiscard]] virtual bool is_required_when_read() const { return need_.required; }

  virtual void read(const YamlNode& node, void* spec, Context& context) const = 0;
  /// Fills in the default where the key is absent.
  virtual void fill_in(void* /*spec*/, Context& /*context*/) const {}
  virtual void print(const void* spec, Printer& printer) const = 0;
  [[nodiscard]] virtual Json schema(SchemaWriter& writer, Flavour flavour) const = 0;
  virtual void describe(ReferenceWriter& writer) const = 0;

 private:
  std::string key_, doc_;
  Need need_;
};

/// A single T.
template <class T>
class ValueField : public Field {
 public:
  ValueField(std::string key, Need need, std::string doc, Type<T> type)
      : Field(std::move(key), std::move(need), std::move(doc)), type_(std::move(type)) {}

  void read(const YamlNode& node, void* spec, Context& context) const final { in(spec) = type_.read(node, context); }
  void fill_in(void* spec, Context& context) const final {
    if (!need().value.empty()) in(spec) = type_.read(scalar_node(need().value, Origin{}), context);
  }
  void print(const void* spec, Printer& printer) const final {
    const Setting<T>& setting = in(spec);
    if (setting) printer.leaf(key(), print_setting(type_, setting), setting.origin);
  }
  [[nodiscard]] Json schema(SchemaWriter& writer, Flavour /*flavour*/) const final {
    return writer.share(type_.schema, key());
  }
  void describe(ReferenceWriter& writer) const final { writer.row(key(), type_.written, need().otherwise, doc()); }

 private:
  [[nodiscard]] virtual Setting<T>& in(void* spec) const = 0;
  [[nodiscard]] virtual const Setting<T>& in(const void* spec) const = 0;

  Type<T> type_;
};

/// A list of single Ts.
template <class T>
class ValuesField : public Field {
 public:
  ValuesField(std::string key, Need need, std::string doc, Type<T> type)
      : Field(std::move(key), std::move(need), std::move(doc)), type_(std::move(type)) {}

  void read(const YamlNode& node, void* spec, Context& context) const final {
    const auto* items = read_items(node, true, context);
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
      const auto step = context.enter_item((*items)[i], i);
      in(spec).push_back(type_.read((*items)[i], context));
    }
  }
  void print(const void* spec, Printer& printer) const final {
    std::size_t i = 0;
    for (const Setting<T>& one : in(spec)) {
      printer.leaf(fmt::format("{}[{}]", key(), i++), print_setting(type_, one), one.origin);
    }
  }
  [[nodiscard]] Json schema(SchemaWriter& writer, Flavour /*flavour*/) const final {
    return {{"type", "array"}, {"items", writer.share(type_.schema, key())}};
  }
  void describe(ReferenceWriter& writer) const final {
    writer.row(key(), "list of lines " + type_.written, need().otherwise, doc());
  }

 private:
  [[nodiscard]] virtual std::vector<Setting<T>>& in(void* spec) const = 0;
  [[nodiscard]] virtual const std::vector<Setting<T>>& in(const void* spec) const = 0;

  Type<T> type_;
};

/// Where in an S a field of either kind puts what it reads.
template <class S, class Value, class Base>
class MemberField final : public Base {
 public:
  template <class T>
  MemberField(std::string key, Need need, std::string doc, Type<T> type, Value S::*member)
      : Base(std::move(key), std::move(need), std::move(doc), std::move(type)), member_(member) {}

 private:
  Value& in(void* spec) const final { return static_cast<S*>(spec)->*member_; }
  const Value& in(const void* spec) const final { return static_cast<const S*>(spec)->*member_; }

  Value S::*member_;
};

/// A key that composition consumes before the map is read: it has a schema and a line in the reference only.
class ConsumedField final : public Field {
 public:
  ConsumedField(std::string key, Need need, std::string doc, std::function<Json(SchemaWriter&)> schema,
                std::string written)
      : Field(std::move(key), std::move(need), std::move(doc)),
        schema_(std::move(schema)),
        written_(std::move(written)) {}

  [[nodiscard]] bool is_required_when_read() const override { return false; }
  void read(const YamlNode& /*node*/, void* /*spec*/, Context& /*context*/) const override {}
  void print(const void* /*spec*/, Printer& /*printer*/) const override {}
  [[nodiscard]] Json schema(SchemaWriter& writer, Flavour flavour) const override;
  void describe(ReferenceWriter& writer) const override;

 private:
  std::function<Json(SchemaWriter&)> schema_;
  std::string written_;
};

}  // namespace gigasim::scenario
