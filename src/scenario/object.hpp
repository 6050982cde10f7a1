#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "field.hpp"

namespace gigasim::scenario {

/// What the declarations of all maps have in common, whatever they fill.
class Declaration {
 public:
  Declaration(std::string name, std::string doc) : name_(std::move(name)), doc_(std::move(doc)) {}

  [[nodiscard]] const std::string& doc() const { return doc_; }
  [[nodiscard]] const KeyRules& rules() const { return rules_; }

  void print(const void* spec, Printer& printer) const {
    for (const auto& field : fields_) field->print(spec, printer);
  }
  [[nodiscard]] Json schema(SchemaWriter& writer, Flavour flavour) const;
  void describe(ReferenceWriter& writer) const {
    for (const auto& field : fields_) field->describe(writer);
  }

 protected:
  void add(std::unique_ptr<Field> field) { fields_.push_back(std::move(field)); }
  void set_rules(KeyRules rules) { rules_ = std::move(rules); }
  void read_fields(const YamlNode& node, void* spec, Context& context) const;

 private:
  void check_key(const Entry& entry, Context& context) const;
  [[nodiscard]] Json schema_body(SchemaWriter& writer, Flavour flavour) const;

  std::string name_, doc_;
  std::vector<std::unique_ptr<Field>> fields_;
  KeyRules rules_;
};

/// A field with maps inside.
class NestingField : public Field {
 public:
  NestingField(std::string key, Need need, std::string doc, const Declaration& inner)
      : Field(std::move(key), std::move(need), std::move(doc)), inner_(inner) {}

 protected:
  [[nodiscard]] const Declaration& inner() const { return inner_; }

 private:
  const Declaration& inner_;
};

/// A map.
class OuterField : public NestingField {
 public:
  using NestingField::NestingField;
  [[nodiscard]] Json schema(SchemaWriter& writer, Flavour flavour) const final;
  void describe(ReferenceWriter& writer) const final;

 protected:
  void print_inner(const void* spec, Printer& printer) const;
};

/// A list of named maps.
class ListField : public NestingField {
 public:
  using NestingField::NestingField;
  [[nodiscard]] Json schema(SchemaWriter& writer, Flavour flavour) const final;
  void describe(ReferenceWriter& writer) const final;

 protected:
  [[nodiscard]] const std::vector<YamlNode>* items(const YamlNode& node, Context& context) const;
};

/// How a map is written that fills an S: the declarations from which reading, checking of keys, printing, the JSON
/// Schema and the reference are made. S has a member `Origin at`.
template <class S>
class Object : public Declaration {
 public:
  using Declaration::Declaration;

  /// A single value.
  template <class T>
  Object& field(std::string key, Setting<T> S::*member, Type<T> type, Need need, std::string doc) {
    add(std::make_unique<MemberField<S, Setting<T>, ValueField<T>>>(std::move(key), std::move(need), std::move(doc),
                                                                    std::move(type), member));
    return *this;
  }

  /// A map inside, always there: its own defaults apply when it is absent.
  template <class U>
  Object& map(std::string key, U S::*member, const Object<U>& inner, Need need) {
    add(std::make_unique<Inner<U, U>>(std::move(key), std::move(need), inner, member));
    return *this;
  }

  /// A map inside that may be missing.
  template <class U>
  Object& map(std::string key, std::optional<U> S::*member, const Object<U>& inner, Need need) {
    add(std::make_unique<Inner<U, std::optional<U>>>(std::move(key), std::move(need), inner, member));
    return *this;
  }

  /// A list of named maps. U has a member `Setting<std::string> name`.
  template <class U>
  Object& list(std::string key, std::vector<U> S::*member, const Object<U>& item, Need need, std::string doc) {
    add(std::make_unique<List<U>>(std::move(key), std::move(need), std::move(doc), item, member));
    return *this;
  }

  /// A list of single values.
  template <class T>
  Object& values(std::string key, std::vector<Setting<T>> S::*member, Type<T> type, Need need, std::string doc) {
    add(std::make_unique<MemberField<S, std::vector<Setting<T>>, ValuesField<T>>>(
        std::move(key), std::move(need), std::move(doc), std::move(type), member));
    return *this;
  }

  /// A key that composition consumes before the map is read: it has a schema and a line in the reference only.
  Object& consumed(std::string key, std::function<Json(SchemaWriter&)> schema, std::string written, Need need,
                   std::string doc) {
    add(std::make_unique<ConsumedField>(std::move(key), std::move(need), std::move(doc), std::move(schema),
                                        std::move(written)));
    return *this;
  }

  Object& rules(KeyRules rules) {
    set_rules(std::move(rules));
    return *this;
  }
  using Declaration::rules;

  [[nodiscard]] S read(const YamlNode& node, Context& context) const {
    S spec;
    spec.at = node.origin;
    read_fields(node, &spec, context);
    return spec;
  }
  void print(const S& spec, Printer& printer) const { Declaration::print(&spec, printer); }

 private:
  /// Held is U for a map that is always there, an optional U for one that may be missing.
  template <class U, class Held>
  class Inner final : public OuterField {
   public:
    Inner(std::string key, Need need, const Object<U>& inner, Held S::*member)
        : OuterField(std::move(key), std::move(need), "", inner), member_(member) {}

    void read(const YamlNode& node, void* spec, Context& context) const override {
      static_cast<S*>(spec)->*member_ = static_cast<const Object<U>&>(inner()).read(node, context);
    }
    void fill_in(void* spec, Context& context) const override {
      if (std::is_same_v<Held, U> && !need().required) read(map_node(static_cast<S*>(spec)->at), spec, context);
    }
    void print(const void* spec, Printer& printer) const override {
      if (const U* const held = found(static_cast<const S*>(spec)->*member_)) print_inner(held, printer);
    }

   private:
    static const U* found(const U& held) { return &held; }
    static const U* found(const std::optional<U>& held) { return held ? &*held : nullptr; }

    Held S::*member_;
  };

  template <class U>
  class List final : public ListField {
   public:
    List(std::string key, Need need, std::string doc, const Object<U>& item, std::vector<U> S::*member)
        : ListField(std::move(key), std::move(need), std::move(doc), item), member_(member) {}

    void read(const YamlNode& node, void* spec, Context& context) const override {
      const auto* found = items(node, context);
      for (std::size_t i = 0; found != nullptr && i < found->size(); ++i) {
        const auto step = context.enter_item((*found)[i], i);
        (static_cast<S*>(spec)->*member_).push_back(item().read((*found)[i], context));
      }
    }
    void print(const void* spec, Printer& printer) const override {
      printer.open(key());
      for (const U& one : static_cast<const S*>(spec)->*member_) {
        printer.open_item(*one.name);
        item().print(one, printer);
        printer.close();
      }
      printer.close();
    }

   private:
    const Object<U>& item() const { return static_cast<const Object<U>&>(inner()); }

    std::vector<U> S::*member_;
  };
};

}  // namespace gigasim::scenario
