#pragma once

#include <string>
#include <vector>

/// The listed table: what the model holds to be true, number by number, and where each shows.
namespace gigasim::constants {

/// A run in which a constant shows.
struct Exhibit {
  std::string name;           ///< as in the document
  std::string scenario;       ///< file in scenarios/
  std::int64_t replayed = 0;  ///< not 0: the scenario's log, replayed by the one-line form on so many accelerators
  bool slow = false;          ///< run for the constants that need it only
  bool operator==(const Exhibit&) const = default;
};
[[nodiscard]] const std::vector<Exhibit>& exhibits();

/// One constant: a ModelConstant, or a numeric column of the catalogue (all its rows change at once, unless stated).
struct Listed {
  std::string name;          ///< "scenario.default_pue", or "countries.population_million"
  std::string shown_by;      ///< name of an exhibit; empty: nothing shows it yet
  std::string why_not;       ///< for one that nothing shows
  std::string row;           ///< the one row that changes, where a change of all rows would cancel out
  bool whole = false;        ///< changes to the next whole number
  std::string kind, column;  ///< of the catalogue; empty for a ModelConstant
};

/// What is classified by hand, in the order of the document.
[[nodiscard]] std::vector<Listed> listed();

}  // namespace gigasim::constants
