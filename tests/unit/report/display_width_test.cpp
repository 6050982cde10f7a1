#include "display_width.hpp"

#include <catch2/catch.hpp>

using namespace gigasim::report;

TEST_CASE("width counts columns, not bytes", "[report][width]") {
  CHECK(display_width("Juelich") == 7);
  CHECK(display_width("Jülich") == 6);
  CHECK(display_width("≥ 3 h") == 5);
  CHECK(display_width("e\u0301") == 1);  // e and a combining acute accent
  CHECK(display_width("東京") == 4);
}

TEST_CASE("a text is shortened with an ellipsis and never inside a character", "[report][width]") {
  CHECK(shortened("Jülich", 6) == "Jülich");
  CHECK(shortened("Jülich", 3) == "Jü…");
  CHECK(display_width(shortened("東京都", 4)) <= 4);
}

TEST_CASE("lines break between words, and long words break anywhere", "[report][width]") {
  CHECK(wrapped("one two three", 7, 0) == std::vector<std::string>{"one two", "three"});
  CHECK(wrapped("one two three", 8, 2) == std::vector<std::string>{"one two", "  three"});
  CHECK(wrapped("abcdefgh", 3, 0) == std::vector<std::string>{"abc", "def", "gh"});
  CHECK(wrapped("", 3, 0).empty());
}

TEST_CASE("control characters and broken UTF-8 do not reach the terminal", "[report][width]") {
  CHECK(without_controls("a\033[31mb\nc") == "a [31mb c");
  CHECK(without_controls("a\xC2\x9Bz") == "a z");  // C1 control sequence introducer
  CHECK(without_controls("k\xFFth") == "k?th");
  CHECK(without_controls("Jülich ≥ 東") == "Jülich ≥ 東");
}
