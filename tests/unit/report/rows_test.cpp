#include "gigasim/report/rows.hpp"

#include <catch2/catch.hpp>

using namespace gigasim::report;

TEST_CASE("rows are aligned by the columns that a terminal shows, not by bytes", "[report][rows]") {
  CHECK(aligned({{"site", "where"}, {"Jülich", "DE"}, {"a\tb"}}) ==
        "site    where\n"
        "Jülich  DE\n"
        "a b\n");
  CHECK(aligned({}).empty());
}

TEST_CASE("cells wider than the widest are cut", "[report][rows]") {
  CHECK(aligned({{"id", "note"}, {"x", "Jülicher Straße"}}, 8) ==
        "id  note\n"
        "x   Jüliche…\n");
}

TEST_CASE("rows as CSV are quoted only where they must be", "[report][rows]") {
  CHECK(as_csv({{"a", "b"}, {"1,5", "say \"hi\""}, {"two\nlines", ""}}) ==
        "a,b\n\"1,5\",\"say \"\"hi\"\"\"\n\"two\nlines\",\n");
}
