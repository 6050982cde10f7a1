#include "csv.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using gigasim::catalogue::CsvRecord;
using gigasim::catalogue::parse_csv;

TEST_CASE("csv cells are separated by commas and records by line ends", "[catalogue][csv]") {
  const std::vector<CsvRecord> expected{{{"id", "name"}, 1}, {{"a", "first"}, 2}};
  CHECK(parse_csv("id,name\na,first\n") == expected);
  CHECK(parse_csv("id,name\r\na,first\r\n") == expected);
  CHECK(parse_csv("id,name\na,first") == expected);  // the last line end may be missing
}

TEST_CASE("csv keeps empty cells, also the last of a record", "[catalogue][csv]") {
  CHECK(parse_csv("a,,c,\n") == std::vector<CsvRecord>{{{"a", "", "c", ""}, 1}});
  CHECK(parse_csv(",\n") == std::vector<CsvRecord>{{{"", ""}, 1}});
  CHECK(parse_csv("").empty());
}

TEST_CASE("csv quotes hold commas, line ends and doubled quotes", "[catalogue][csv]") {
  CHECK(parse_csv("\"x, y\",\"say \"\"hi\"\"\",\"\"\n") == std::vector<CsvRecord>{{{"x, y", "say \"hi\"", ""}, 1}});
  // The second record starts on line 3 because the first one holds a line end.
  CHECK(parse_csv("\"two\nlines\",b\nc,d\n") == std::vector<CsvRecord>{{{"two\nlines", "b"}, 1}, {{"c", "d"}, 3}});
}

TEST_CASE("csv leaves out empty lines but counts them", "[catalogue][csv]") {
  CHECK(parse_csv("a\n\n\nb\n") == std::vector<CsvRecord>{{{"a"}, 1}, {{"b"}, 4}});
}

TEST_CASE("csv with misplaced quotes is refused", "[catalogue][csv]") {
  CHECK_THROWS_WITH(parse_csv("a\n\"open"), "catalogue table, line 2: quote not closed");
  CHECK_THROWS_WITH(parse_csv("a\"b\n"), "catalogue table, line 1: quote inside an unquoted cell");
  CHECK_THROWS_WITH(parse_csv("\"a\"b\n"), "catalogue table, line 1: text after a closing quote");
}
