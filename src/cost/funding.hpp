#pragma once

#include <string>
#include <vector>

#include "formulas.hpp"

namespace gigasim::cost {

/// Who pays for a site, and under which programme.
struct Funding {
  std::string programme;  ///< of catalogue funding-rules
  Shares shares;
  bool stated = false;          ///< by the scenario
  bool pays_operation = false;  ///< the programme pays its share of operation too; else the operator does
};
/// Shares as stated, else the programme's defaults; the programme follows from the site's kind.
[[nodiscard]] Funding funding_of(const SiteFacts& site);

/// What each payer pays: EU, national, private.
[[nodiscard]] std::vector<Payment> payments_of(const Funding& funding, const Costs& costs);

/// Says which rules of the programme the shares break, with numbers. They are warnings: the rules are reports, partly.
[[nodiscard]] std::vector<std::string> broken_rules(const Funding& funding, const Costs& costs);

}  // namespace gigasim::cost
