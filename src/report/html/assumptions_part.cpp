#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/catalogue/table.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"
#include "site.hpp"

namespace gigasim::report::html {
namespace {

constexpr std::array<std::string_view, 4> kSiteKinds{"ai-factories", "gigafactory-candidates", "supercomputers",
                                                     "antennas"};

const catalogue::Row* site_row(std::string_view name) {
  for (const std::string_view kind : kSiteKinds) {
    const catalogue::Table* table = catalogue::find_table(kind);
    const catalogue::Row* row = table == nullptr ? nullptr : table->find(name);
    if (row != nullptr) return row;
  }
  return nullptr;
}

/// Tells whether the facts in this program are those that the result was made from.
bool same_catalogue(const Result& result) {
  return string_at(result.manifest, "catalogue_digest") == catalogue::digest();
}

void add_once(std::vector<std::vector<Cell>>& rows, std::vector<Cell> row) {
  const bool there = std::any_of(rows.begin(), rows.end(), [&](const auto& r) { return r[0].text == row[0].text; });
  if (!there) rows.push_back(std::move(row));
}

std::string site_sources(const Results& results) {
  TextTable sources{{{"site", false, 0}, {"confidence", false, 0}, {"source", false, 0}}, {}};
  for (const Result& result : results) {
    if (!same_catalogue(result)) continue;
    for (const Site& site : sites_of(result.results)) {
      const catalogue::Row* row = site_row(site.name);
      if (row != nullptr) add_once(sources.rows, {{site.name}, {(*row)["confidence"]}, {(*row)["source"]}});
    }
  }
  if (sources.rows.empty()) return {};
  return paragraph(
             "Sites that carry a name of the catalogue start from its facts, which are as sure as their sources; what "
             "the "
             "scenario changes is in the scenario file.") +
         folded("Where the facts of each site come from", table(sources, "Sources of the sites in the catalogue"));
}

/// Which share of the capacity rests on published, estimated, ... numbers of accelerators.
std::string capacity_basis(const Results& results) {
  TextTable bases{{{"basis of the number of accelerators", false, 0}}, {}};
  std::vector<std::string> names;
  for (const Result& result : results) {
    bases.columns.push_back({results.size() == 1 ? "share" : result.label, true, 0});
    for (const Json& share : list_at(result.results, "provenance.capacity")) {
      const std::string name = string_at(share, "basis");
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  if (names.empty()) return {};
  for (const std::string& name : names) {
    std::vector<Cell>& row = bases.rows.emplace_back();
    row.push_back({name});
    for (const Result& result : results) {
      double part = 0.0;
      for (const Json& share : list_at(result.results, "provenance.capacity")) {
        if (string_at(share, "basis") == name) part = number_at(share, "share").value_or(0.0);
      }
      row.push_back({humane::percent(part)});
    }
  }
  return paragraph(
             "How well the capacity is known: the share of the H100-equivalent hours available whose number of "
             "accelerators "
             "was published, reported, estimated or recalled; \"own\" are those that the scenario itself states.") +
         table(bases, "How well the capacity is known");
}

std::string demand_table(const Results& results) {
  TextTable demand{{{"stream of jobs", false, 0}}, {}};
  if (results.size() > 1) demand.columns.push_back({"result", false, 0});
  for (const char* header :
       {"planned share", "realised share", "load asked for", "load that came", "accelerator-hours asked for"}) {
    demand.columns.push_back({header, true, 0});
  }
  for (const Result& result : results) {
    for (const Json& stream : list_at(result.results, "demand")) {
      std::vector<Cell>& row = demand.rows.emplace_back();
      row.push_back({string_at(stream, "stream")});
      if (results.size() > 1) row.push_back({result.label});
      row.push_back({humane::percent(number_at(stream, "planned_share").value_or(0.0))});
      row.push_back({humane::percent(number_at(stream, "realised_share").value_or(0.0))});
      for (const char* load : {"load_asked", "load_realised"}) {
        const auto value = number_at(stream, load);
        row.push_back({value ? humane::percent(*value) : std::string{"-"}});
      }
      row.push_back({humane::number(number_at(stream, "realised_accelerator_hours").value_or(0.0))});
    }
  }
  if (demand.rows.empty()) return {};
  return paragraph(
             "Demand is an assumption: nobody has measured it for machines that do not exist yet. Which jobs arrive "
             "when "
             "is drawn at random from the mixes that the scenario names; the seed fixes the draw.") +
         table(demand, "What the jobs ask for, by stream");
}

}  // namespace

std::string assumptions_part(const Results& results) {
  return capacity_basis(results) + site_sources(results) + demand_table(results);
}

}  // namespace gigasim::report::html
