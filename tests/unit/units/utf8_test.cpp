#include "gigasim/units/utf8.hpp"

#include <catch2/catch.hpp>

using gigasim::units::first_character;

TEST_CASE("characters of one to four bytes are read", "[units][utf8]") {
  CHECK(first_character("a").code == U'a');
  CHECK(first_character("ü").code == U'ü');
  CHECK(first_character("€").code == U'€');
  CHECK(first_character("𝄞").code == U'𝄞');
  CHECK(first_character("𝄞x").length == 4);
}

TEST_CASE("what is no UTF-8 is read byte by byte", "[units][utf8]") {
  for (const char* text : {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"}) {
    CHECK(first_character(text).length == 1);
    CHECK(!first_character(text).valid());
  }
}
