#include "gigasim/catalogue/table.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "load.hpp"

using namespace gigasim::catalogue;

namespace {

std::string text_of_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  REQUIRE(file);
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// The confidence words of docs/catalogue.md for whole rows.
const std::set<std::string> kWords{"high",     "medium", "low",         "published",
                                   "measured", "fitted", "constructed", "assumption"};

}  // namespace

TEST_CASE("every table file is a kind and every kind has its file", "[catalogue]") {
  CHECK(embedded_tables().size() == kinds().size());
  CHECK(tables().size() == kinds().size());
}

TEST_CASE("the embedded text is the text of the file to the byte", "[catalogue]") {
  for (const EmbeddedTable& table : embedded_tables()) {
    INFO(table.file);
    const std::string path = std::string{GIGASIM_SOURCE_DIR} + "/src/catalogue/tables/" + std::string{table.file};
    CHECK(whole_text(table) == text_of_file(path));
  }
}

TEST_CASE("no literal of the embedded text reaches 64 KiB", "[catalogue]") {
  for (const EmbeddedTable& table : embedded_tables()) {
    for (const std::string_view piece : table.pieces) CHECK(piece.size() < 65536);
  }
}

TEST_CASE("tables have as many rows as there are things", "[catalogue]") {
  const auto rows = [](std::string_view kind) { return find_table(kind)->rows.size(); };
  CHECK(rows("ai-factories") == 19);
  CHECK(rows("antennas") == 13);
  CHECK(rows("supercomputers") == 17);
  CHECK(rows("gigafactory-candidates") == 25);
  CHECK(rows("countries") == 34);
  CHECK(rows("access-modes") == 17);
  CHECK(rows("carbon-intensity") == 30);
  CHECK(rows("wan-nodes") == 90);
  CHECK(rows("wan-links") == 118);
  CHECK(rows("job-mixes") == 10);       // 6 classes of Seren, 4 of Kalos
  CHECK(rows("job-durations") == 220);  // 22 points for each class
  CHECK(rows("speed-ratios") == 96);    // 6 classes x (10 measured or estimated, 6 stand-ins)
  CHECK(rows("scalable-fractions") == 6);
  CHECK(rows("arrival-profiles") == 6);
  CHECK(rows("request-lengths") == 2);
  CHECK(rows("cost-parameters") == 156);
  CHECK(rows("contract-anchors") == 54);
  CHECK(rows("funding-rules") == 18);
  CHECK(find_table("ai-model") == nullptr);
}

TEST_CASE("every row has an id of its own, a confidence word and a source", "[catalogue]") {
  for (const Table& table : tables()) {
    INFO(table.file);
    REQUIRE(table.columns.size() >= 3);
    CHECK(table.columns.front() == "id");
    CHECK(table.columns[table.columns.size() - 2] == "confidence");
    CHECK(table.columns.back() == "source");
    CHECK(table.file == table.kind + ".csv");
    CHECK_FALSE(table.description.empty());
    std::set<std::string> ids;
    for (const Row& row : table.rows) {
      INFO(row.id());
      CHECK(ids.insert(row.id()).second);
      CHECK(kWords.count(row["confidence"]) == 1);
      CHECK(row["source"].size() >= 10);
    }
  }
}

TEST_CASE("rows are found by id, cells by column", "[catalogue]") {
  const Table& factories = *find_table("ai-factories");
  const Row* jupiter = factories.find("jaif");
  REQUIRE(jupiter != nullptr);
  CHECK((*jupiter)["country"] == "DE");
  CHECK(jupiter->number("count") == 23536.0);
  CHECK(jupiter->number("storage_gb_s") == std::nullopt);  // not published
  CHECK(factories.find("JAIF") == nullptr);
  CHECK(factories.ids().front() == "lumi-aif");
  CHECK(factories.rows.front().line == 2);  // below the header
  CHECK_THROWS_AS((*jupiter)["cuont"], std::logic_error);
  CHECK_THROWS_AS(jupiter->number("country"), std::logic_error);
}

TEST_CASE("a table with a ragged row or a repeated id is refused", "[catalogue]") {
  constexpr std::array kColumns{text("id"), text("x")};
  const Kind kind{"k", "a kind", {kColumns}};
  CHECK_THROWS_WITH(load_table(kind, "id,x\na,1\nb\n"), "k.csv:3: 1 cells, the header has 2");
  CHECK_THROWS_WITH(load_table(kind, "id,x\na,1\na,2\n"), "k.csv:3: id \"a\" stands twice");
  CHECK_THROWS_AS(load_table(kind, ""), std::logic_error);
}

TEST_CASE("a table with a column that is not declared is refused", "[catalogue]") {
  constexpr std::array kColumns{text("id"), text("x")};
  const Kind kind{"k", "a kind", {kColumns}};
  CHECK_THROWS_WITH(load_table(kind, "id,x,y\na,1,2\n"),
                    "k.csv: no schema has \"y\": declare its columns in the order of the table (columns_*.hpp)");
  CHECK_THROWS_AS(load_table(kind, "x,id\n1,a\n"), std::logic_error);
  CHECK_THROWS_AS(load_table(Kind{"k", "a kind"}, "id\na\n"), std::logic_error);
}

TEST_CASE("the digest changes with a cell and with a name, not with the cuts", "[catalogue]") {
  const std::array whole{std::string_view{"id\na\nb\n"}};
  const std::array cut{std::string_view{"id\na\n"}, std::string_view{"b\n"}};
  const std::array changed{std::string_view{"id\na\nc\n"}};
  const auto digest_of_one = [](std::string_view file, std::span<const std::string_view> pieces) {
    const std::array table{EmbeddedTable{file, pieces}};
    return digest_of(table);
  };
  CHECK(digest_of_one("x.csv", whole) == digest_of_one("x.csv", cut));
  CHECK(digest_of_one("x.csv", whole) != digest_of_one("x.csv", changed));
  CHECK(digest_of_one("x.csv", whole) != digest_of_one("y.csv", whole));
  CHECK(digest().size() == 64);
  CHECK(digest() == digest_of(embedded_tables()));
}
