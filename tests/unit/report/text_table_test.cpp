#include "text_table.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace gigasim::report;

namespace {

TextTable table() {
  return {{{"site", false, 0}, {"country", false, 2}, {"jobs", true, 0}},
          {{{"Jülich"}, {"DE"}, {"12"}}, {{"athens"}, {"GR"}, {"1,234", Mood::kBad}}}};
}

}  // namespace

TEST_CASE("columns are aligned by display width, numbers to the right", "[report][table]") {
  CHECK(terminal_table(table(), {false, 80}) ==
        "site    country   jobs\n"
        "Jülich  DE          12\n"
        "athens  GR       1,234\n");
}

TEST_CASE("the least important column goes first where space is short, and is named, then texts are cut",
          "[report][table]") {
  CHECK(terminal_table(table(), {false, 20}) ==
        "site     jobs\n"
        "Jülich     12\n"
        "athens  1,234\n"
        "  not shown at this\n"
        "  width: country\n");
  TextTable wide = table();
  wide.rows[0][0].text = "a very long name of a site";
  CHECK(terminal_table(wide, {false, 17}) ==
        "site         jobs\n"
        "a very lo…     12\n"
        "athens      1,234\n"
        "  not shown at\n"
        "  this width:\n"
        "  country\n");
}

TEST_CASE("colour surrounds the text and not the space", "[report][table]") {
  CHECK(terminal_table(table(), {true, 80}).find("\033[31m1,234\033[0m") != std::string::npos);
}

TEST_CASE("Markdown tables escape borders and HTML", "[report][table]") {
  TextTable odd = table();
  odd.rows[0][0].text = "a|b <c>";
  CHECK(markdown_table(odd) ==
        "| site | country | jobs |\n"
        "| :--- | :--- | ---: |\n"
        "| a\\|b &lt;c> | DE | 12 |\n"
        "| athens | GR | 1,234 |\n");
}
