#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "document.hpp"
#include "effects.hpp"
#include "forked_runs.hpp"
#include "gigasim/catalogue/column_change.hpp"
#include "gigasim/metrics/registry.hpp"
#include "gigasim/units/model_constant.hpp"
#include "listed.hpp"

using namespace gigasim;
using namespace gigasim::constants;

namespace {

/// The constants that exist: those declared in the code, and the numeric columns of the catalogue.
std::multiset<std::string> existing() {
  std::multiset<std::string> names;
  for (const units::ModelConstant* constant : units::model_constants()) names.emplace(constant->about().name);
  for (const catalogue::Table& table : catalogue::tables()) {
    for (const std::string& column : catalogue::numeric_columns(table)) {
      names.insert(fmt::format("{}.{}", table.kind, column));
    }
  }
  return names;
}

std::vector<std::string> gaps_of_list(const std::multiset<std::string>& constants, const std::vector<Listed>& list) {
  std::vector<std::string> gaps;
  std::multiset<std::string> names;
  for (const Listed& entry : list) {
    names.insert(entry.name);
    if (entry.shown_by.empty() == entry.why_not.empty()) {
      gaps.push_back(fmt::format("{} needs either a scenario that shows it or a reason why none does", entry.name));
    }
  }
  for (const std::string& name : std::set<std::string>(constants.begin(), constants.end())) {
    if (names.count(name) != 1) gaps.push_back(fmt::format("{} is listed {} times", name, names.count(name)));
    if (constants.count(name) > 1) gaps.push_back(fmt::format("{} is declared twice", name));
  }
  for (const std::string& name : names) {
    if (constants.count(name) == 0) gaps.push_back(fmt::format("{} is listed, but exists no more", name));
  }
  return gaps;
}

std::vector<Listed> those(bool shown) {
  std::vector<Listed> entries = listed();
  std::erase_if(entries, [shown](const Listed& entry) { return entry.shown_by.empty() == shown; });
  return entries;
}

report::Summary summary_of(double energy, const std::string& site) {
  metrics::Results results;
  results.network.energy_mwh = energy;
  results.sites.emplace_back().name = site;
  return report::summarise(results, "");
}

}  // namespace

TEST_CASE("every constant of the model is in the listed table, once, and nothing else is", "[constants]") {
  INFO("say in tests/constants/listed.cpp which scenario shows a constant, or why nothing does");
  CHECK(gaps_of_list(existing(), listed()) == std::vector<std::string>{});
}

TEST_CASE("a constant that is not listed, twice, no more, or both shown and not is a gap", "[constants]") {
  const Listed a{"a", "eu-days", "", "", false, "", ""};
  const Listed both{"a", "eu-days", "because", "", false, "", ""};
  using Gaps = std::vector<std::string>;
  CHECK(gaps_of_list({"a"}, {a}).empty());
  CHECK(gaps_of_list({"a", "b"}, {a}) == Gaps{"b is listed 0 times"});
  CHECK(gaps_of_list({"a"}, {a, a}) == Gaps{"a is listed 2 times"});
  CHECK(gaps_of_list({}, {a}) == Gaps{"a is listed, but exists no more"});
  CHECK(gaps_of_list({"a"}, {both}) == Gaps{"a needs either a scenario that shows it or a reason why none does"});
  CHECK(gaps_of_list({"a", "a"}, {a}) == Gaps{"a is declared twice"});
}

TEST_CASE("docs/models/constants.md is the listed table", "[constants][docs]") {
  const std::string path = GIGASIM_SOURCE_DIR "/docs/models/constants.md";
  const std::string expected = document();
  if (std::getenv("GIGASIM_UPDATE_DOCS") != nullptr) std::ofstream{path, std::ios::binary} << expected;
  std::ifstream stream{path, std::ios::binary};
  const std::string found{std::istreambuf_iterator<char>{stream}, {}};
  INFO("docs/models/constants.md is out of date: run this test once with GIGASIM_UPDATE_DOCS=1");
  CHECK((found == expected));
}

TEST_CASE("a change of 0.1 % in any constant that should show moves some metric", "[constants]") {
  const auto unchanged = unchanged_results(true);
  const std::vector<Listed> constants = those(true);
  const auto effects = effects_of(constants, unchanged);
  for (std::size_t i = 0; i < constants.size(); ++i) {
    INFO(constants[i].name << " in " << constants[i].shown_by << " moves: " << effects[i]);
    CHECK_FALSE(effects[i].empty());
    CHECK(effects[i].find("error:") == std::string::npos);
  }
}

TEST_CASE("a constant that should not show moves nothing, and nothing moves by itself", "[constants]") {
  const auto unchanged = unchanged_results(false);
  for (const std::string& effect : effects_together({}, unchanged)) CHECK(effect.empty());
  for (const std::string& effect : effects_together(those(false), unchanged)) {
    INFO("one of the constants without effect moves " << effect << ": find it and list the scenario that shows it");
    CHECK(effect.empty());
  }
}

TEST_CASE("moved metrics are those whose figures differ", "[constants]") {
  CHECK(moved_metrics(summary_of(1.0, "a"), summary_of(1.0, "a")).empty());
  CHECK(moved_metrics(summary_of(1.0, "a"), summary_of(1.0 + 1e-15, "a")) ==
        std::vector<std::string>{"network.energy"});
  CHECK(moved_metrics(summary_of(1.0, "a"), summary_of(1.0, "b")) == std::vector<std::string>{"sites/a", "sites/b"});
}

TEST_CASE("a run that fails or dies is told from one that moves nothing", "[constants]") {
  const auto texts =
      run_forked({[] { return std::string{"fine"}; }, []() -> std::string { throw std::runtime_error("broken"); },
                  []() -> std::string { std::_Exit(3); }});
  CHECK(texts[0] == "fine");
  CHECK(texts[1] == "error: broken");
  CHECK(texts[2].find("error: the process ended") == 0);
}
