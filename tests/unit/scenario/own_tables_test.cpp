#include <fmt/format.h>
#include <fmt/ranges.h>

#include <catch2/catch.hpp>
#include <string>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/overlay.hpp"
#include "scenario_files.hpp"

using namespace gigasim;
using namespace gigasim::scenario;

namespace {

/// A table of accelerators: the H200's row under other ids, with other values.
std::string table_of(const std::vector<std::pair<std::string, std::string>>& ids_and_limits) {
  const catalogue::Table& table = *catalogue::find_table("accelerators");
  std::string text;
  const auto append = [&](const std::vector<std::string>& cells) {
    for (std::size_t c = 0; c < cells.size(); ++c) text += fmt::format("{}\"{}\"", c == 0 ? "" : ",", cells[c]);
    text += '\n';
  };
  append(table.columns);
  for (const auto& [id, limit] : ids_and_limits) {
    std::vector<std::string> cells = table.find("H200-SXM-141")->cells;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (table.columns[c] == "id") cells[c] = id;
      if (table.columns[c] == "acc_tdp_w") cells[c] = limit;
      if (table.columns[c] == "aliases") cells[c].clear();
    }
    append(cells);
  }
  return text;
}

std::string scenario_text(const std::string& head, const std::string& accelerator) {
  return fmt::format(R"(gigasim: 1
{}
period: {{ start: 2027-01-01, length: 1 d }}
sites:
  - {{ name: athens, country: GR, location: [37.72, 24.05], partitions: [{{ accelerator: {}, count: 1024 }}] }}
workload: {{ streams: [{{ name: research, demand: {{ load: 80 % }}, mix: seren }}] }}
)",
                     head, accelerator);
}

/// Watts of the only partition.
double full_power(const Loaded& loaded) {
  return loaded.scenario.sites.front().partitions.front().full_power.in_base_units();
}

double node_share() {
  return *catalogue::find_accelerator("H200-SXM-141")->row->number("node_base_load_w");
}

}  // namespace

TEST_CASE("rows of an own table replace known ids and join with new ones", "[scenario][own_tables]") {
  const ScenarioFiles files;
  files.write("mine.csv", table_of({{"H200-SXM-141", "1234"}, {"MINE", "5000"}}));
  const double share = node_share();
  const double built_in = catalogue::find_accelerator("H200-SXM-141")->full_power.in_base_units();
  const auto own = files.write("own.yaml", scenario_text("catalogue: { accelerators: mine.csv }", "mine"));
  const auto replaced = files.write("r.yaml", scenario_text("catalogue: { accelerators: mine.csv }", "H200-SXM-141"));
  const auto plain = files.write("plain.yaml", scenario_text("", "H200-SXM-141"));
  CHECK(full_power(load(own)) == 5000 + share);
  CHECK(full_power(load(replaced)) == 1234 + share);
  CHECK(catalogue::find_accelerator("MINE") != nullptr);  // what follows in the process sees it
  CHECK(full_power(load(plain)) == built_in);             // until another scenario is loaded
  CHECK(catalogue::find_accelerator("MINE") == nullptr);
  CHECK(catalogue::edition_in_use() == catalogue::kBuiltIn);
}

TEST_CASE("an own table stands among the inputs, and values cite its row", "[scenario][own_tables]") {
  const ScenarioFiles files;
  const auto table = files.write("mine.csv", table_of({{"MINE", "5000"}}));
  const Loaded loaded = load(files.write("own.yaml", scenario_text("catalogue: { accelerators: mine.csv }", "MINE")));
  REQUIRE(loaded.inputs.size() == 2);
  CHECK(loaded.inputs[1].path == table.string());
  CHECK(origin_of(loaded, "sites[athens].partitions[mine].power.full")
            .starts_with(table.string() + ":2 accelerators/MINE (own: "));
  CHECK(value_of(loaded, "catalogue.accelerators") == "mine.csv");
  // Loading what is shown gives the same scenario.
  CHECK(load(files.write("shown.yaml", to_yaml(loaded))).scenario.sites == loaded.scenario.sites);
}

TEST_CASE("a file that extends another keeps its tables unless it names its own", "[scenario][own_tables]") {
  const ScenarioFiles files;
  files.write("a.csv", table_of({{"MINE", "5000"}}));
  files.write("b.csv", table_of({{"MINE", "6000"}}));
  files.write("base.yaml", scenario_text("catalogue: { accelerators: a.csv }", "MINE"));
  const double share = node_share();
  CHECK(full_power(load(files.write("keep.yaml", "gigasim: 1\nextends: base.yaml\n"))) == 5000 + share);
  CHECK(full_power(load(files.write(
            "other.yaml", "gigasim: 1\nextends: base.yaml\ncatalogue: { accelerators: b.csv }\n"))) == 6000 + share);
}

TEST_CASE("an accelerator count from an own row of a site counts as the user's own", "[scenario][own_tables]") {
  const ScenarioFiles files;
  const catalogue::Table& table = *catalogue::find_table("ai-factories");
  std::string text = fmt::format("{}\n", fmt::join(table.columns, ","));
  for (const std::string& cell : table.find("jaif")->cells)
    text += fmt::format("{}\"{}\"", &cell == &table.find("jaif")->cells.front() ? "" : ",", cell);
  files.write("sites.csv", text + "\n");
  const auto with = [&](const std::string& head) {
    return load(files.write(
                    "x.yaml",
                    fmt::format("gigasim: 1\n{}\nperiod: {{ start: 2027-01-01, length: 1 d }}\n"
                                "sites: [{{ catalogue: jaif }}, {{ catalogue: lumi-aif }}]\n"
                                "workload: {{ streams: [{{ name: r, demand: {{ load: 80 % }}, mix: seren }}] }}\n",
                                head)))
        .scenario.sites;
  };
  const auto built_in = with("");
  const auto own = with("catalogue: { ai-factories: sites.csv }");
  CHECK(built_in[0].partitions[0].count_basis.word == "published");
  CHECK(own[0].partitions[0].count_basis.word == "own");
  CHECK(own[0].partitions[0].count == built_in[0].partitions[0].count);
  CHECK(own[1].partitions[0].count_basis.word == built_in[1].partitions[0].count_basis.word);
}

TEST_CASE("own tables cannot be set or stand in a variant", "[scenario][own_tables]") {
  const ScenarioFiles files;
  files.write("a.csv", table_of({{"MINE", "5000"}}));
  const auto file = files.write("own.yaml", scenario_text("catalogue: { accelerators: a.csv }", "MINE"));
  CHECK_THROWS_WITH(
      load(file, {"", {{"catalogue.accelerators", "b.csv"}}, {}}),
      "--set catalogue.accelerators=b.csv: catalogue.accelerators: own tables are named in scenario files "
      "only: they are read before any setting");
  const auto varied =
      files.write("v.yaml", scenario_text("", "H200") + "variants: { own: { catalogue: { accelerators: a.csv } } }\n");
  CHECK_THROWS_WITH(load(varied), Catch::Contains("variants.own.catalogue: may not stand in a variant"));
}

TEST_CASE("what refers to another table must be there", "[scenario][own_tables]") {
  std::vector<catalogue::OverlayProblem> problems;
  const catalogue::Table& table = *catalogue::find_table("countries");
  std::string text = fmt::format("{}\n", fmt::join(table.columns, ","));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const std::string& cell = table.find("FI")->cells[c];
    text += fmt::format("{}\"{}\"", c == 0 ? "" : ",", table.columns[c] == "nren_node" ? "nren_mars" : cell);
  }
  CHECK(catalogue::edition_with({{"countries", "mars.csv", text + "\n"}}, problems) == catalogue::kBuiltIn);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].text ==
        R"(column "nren_node" must be the id of a row of wan-nodes, got "nren_mars" (did you mean "nren_rs"?))");
  CHECK(catalogue::find_country("FI")->nren_node == "nren_fi");
}

TEST_CASE("measurements may have the names under which they are passed on", "[scenario][own-tables]") {
  const catalogue::Table& table = *catalogue::find_table("training-runs");
  std::vector<catalogue::OverlayProblem> problems;
  const auto read = [&](const std::string& text) {
    problems.clear();
    static_cast<void>(catalogue::edition_with({{"training-runs", "own.csv", text}}, problems));
  };
  std::string header = fmt::format("{}", fmt::join(table.columns, ","));
  const std::string cells = fmt::format("\"{}\"", fmt::join(table.rows.front().cells, "\",\""));
  const auto rename = [&](const std::string& ours, const std::string& theirs) {
    header.replace(header.find("," + ours + ","), ours.size() + 2, "," + theirs + ",");
  };
  rename("accelerators", "n_acc");
  rename("note", "notes");
  header.replace(0, 2, "run_id");
  read(header + ",mfu_pct\n" + cells + ",38.5\n");  // what follows from the rest is passed over
  CHECK(problems.empty());
  read(header + ",mfu_percent\n" + cells + ",38.5\n");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].text == "training-runs has no column \"mfu_percent\"");
  read(header + ",accelerators\n" + cells + ",8\n");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].text == "column \"accelerators\" stands twice");
  read(header + "\n");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].text == "there is no row below the header");
}

TEST_CASE("words of measurements that the models act on must be known", "[scenario][own-tables]") {
  const catalogue::Table& table = *catalogue::find_table("training-runs");
  const auto with_cell = [&](const std::string& column, const std::string& word) {
    std::vector<std::string> cells = table.rows.front().cells;
    cells[static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), column) -
                                   table.columns.begin())] = word;
    std::vector<catalogue::OverlayProblem> problems;
    const std::string text = fmt::format("{}\n\"{}\"\n", fmt::join(table.columns, ","), fmt::join(cells, "\",\""));
    static_cast<void>(catalogue::edition_with({{"training-runs", "own.csv", text}}, problems));
    return problems.empty() ? std::string{} : problems.front().text;
  };
  CHECK(with_cell("dp_mode", "zero2").empty());
  CHECK(with_cell("dp_mode", "").empty());
  CHECK(with_cell("dp_mode", "fdsp") ==
        R"(column "dp_mode" must be ddp | fsdp | zero1 | zero2, got "fdsp" (did you mean "fsdp"?))");
  CHECK(with_cell("kind", "mixture") == R"(column "kind" must be dense | moe, got "mixture")");
  CHECK(with_cell("recompute", "ful") ==
        R"(column "recompute" must be full | none | selective, got "ful" (did you mean "full"?))");
}
