#include "csv.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <utility>

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

TEST_CASE("a cell's place counts lines and characters from one", "[catalogue][csv]") {
  using gigasim::catalogue::place_of_cell;
  // Line 2 begins with an a umlaut (two bytes, one character); the record on line 3 goes on on line 4.
  const std::string text = "id,name,n\n\xC3\xA4,b,1\n\"c\nd\",e,2\n";
  const auto place = [&](int line, std::size_t index) {
    const auto at = place_of_cell(text, line, index);
    return std::pair{at.line, at.column};
  };
  CHECK(place(1, 0) == std::pair{1, 1});
  CHECK(place(1, 2) == std::pair{1, 9});
  CHECK(place(2, 1) == std::pair{2, 3});
  CHECK(place(3, 0) == std::pair{3, 1});
  CHECK(place(3, 1) == std::pair{4, 4});
}
