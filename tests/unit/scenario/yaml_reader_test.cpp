#include "yaml_reader.hpp"

#include <catch2/catch.hpp>
#include <memory>

#include "yaml_text.hpp"

using namespace gigasim::scenario;

namespace {

YamlNode read(std::string_view text) {
  Origin at;
  at.kind = Origin::Kind::kFile;
  at.source = std::make_shared<const std::string>("f");
  std::vector<YamlProblem> problems;
  YamlNode node = read_yaml(text, at, problems);
  CHECK(problems.empty());
  return node;
}

}  // namespace

TEST_CASE("nodes know their line and column from 1 and whether they were quoted", "[scenario][yaml]") {
  const YamlNode root = read("a: 5\nb:\n  c: \"5\"\n");
  CHECK(place(root.find("a")->origin) == "f:1:4");
  CHECK(citation(root.find("a")->origin) == "f:1");
  CHECK_FALSE(root.find("a")->quoted);
  const YamlNode* c = root.find("b")->find("c");
  CHECK(place(c->origin) == "f:3:6");
  CHECK(c->quoted);
}

TEST_CASE("aliases are copies of what they name", "[scenario][yaml]") {
  const YamlNode root = read("a: &x { k: v }\nb: *x\n");
  CHECK(root.find("b")->text_of("k") == "v");
}

TEST_CASE("an alias inside the value that it names is refused", "[scenario][yaml]") {
  CHECK_THROWS_WITH(read("a: &x [*x]\n"), "an alias may not stand inside the value that it names");
}

TEST_CASE("a control character written as an escape is refused", "[scenario][yaml]") {
  CHECK_THROWS_WITH(read("a: \"\\e[31m\"\n"), "a value may not hold control characters");
}

TEST_CASE("a null and an empty value are nothing", "[scenario][yaml]") {
  CHECK(read("a:\nb: 1\n").find("a")->kind == YamlNode::Kind::kNull);
  CHECK(read("a: ~\n").find("a")->kind == YamlNode::Kind::kNull);
}

TEST_CASE("a text written for YAML reads back as itself", "[scenario][yaml]") {
  for (const std::string text :
       {"plain", "two words", "true",  "null",        "",          " lead",      "trail ", "a: b",   "#x",
        "a, b",  "[x]",       "\"q\"", "back\\slash", "tab\there", "two\nlines", "- x",    "Ελλάδα", "{",
        "*a",    "&a",        "!t",    "%x",          "no"}) {
    const YamlNode root = read("k: { v: " + yaml_text(text) + " }\n");
    CHECK(root.find("k")->text_of("v") == text);
  }
}
