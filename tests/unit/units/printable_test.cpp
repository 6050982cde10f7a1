#include "gigasim/units/printable.hpp"

#include <catch2/catch.hpp>

using gigasim::units::LineFeeds;
using gigasim::units::printable;

namespace {

/// UTF-8 of a character below U+10000, by the definition (RFC 3629, section 3).
std::string utf8(unsigned code) {
  const auto byte = [](unsigned value) { return static_cast<char>(value); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0U | (code >> 6U)), byte(0x80U | (code & 0x3FU))};
  return {byte(0xE0U | (code >> 12U)), byte(0x80U | ((code >> 6U) & 0x3FU)), byte(0x80U | (code & 0x3FU))};
}

}  // namespace

TEST_CASE("no C0 or C1 control character is ever shown", "[units][printable]") {
  for (unsigned code = 0; code <= 0x9F; ++code) {
    const bool control = code < 0x20 || code >= 0x7F;
    const std::string expected = code == '\t' ? " " : control ? "?" : utf8(code);
    CHECK(printable("a" + utf8(code) + "b") == "a" + expected + "b");
  }
}

TEST_CASE("no mark that changes the direction of text is ever shown", "[units][printable]") {
  for (const unsigned code : {0x61CU, 0x200EU, 0x200FU, 0x202AU, 0x202BU, 0x202CU, 0x202DU, 0x202EU, 0x2066U, 0x2067U,
                              0x2068U, 0x2069U, 0x2028U, 0x2029U, 0xFEFFU}) {
    CHECK(printable("a" + utf8(code) + "b") == "a?b");
  }
}

TEST_CASE("a line feed is shown only where the caller asks for it", "[units][printable]") {
  CHECK(printable("a\n::error b") == "a?::error b");
  CHECK(printable("a\nb\r", LineFeeds::kKeep) == "a\nb?");
}

TEST_CASE("letters of any script stay, and bytes that are not UTF-8 are told apart", "[units][printable]") {
  CHECK(printable("Jülich, Λουξεμβούργο, 日本 ≥ 3 %") == "Jülich, Λουξεμβούργο, 日本 ≥ 3 %");
  CHECK(printable("a\x80\xFF\xC3") == "a???");
  CHECK(printable("\x1b[31mred\x1b]0;title\x07") == "?[31mred?]0;title?");
}
