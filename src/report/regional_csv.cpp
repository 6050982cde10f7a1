#include "regional_csv.hpp"

#include "csv_text.hpp"

namespace gigasim::report {
namespace {

constexpr const char* kRegionalHeader =
    "kind,name,countries,host,antenna,eu_member,cohesion,population_million,gdp_beur,h100_equivalent_hours,"
    "h100_equivalent_hours_per_million_inhabitants,h100_equivalent_hours_per_gdp_beur,asked_h100_equivalent_hours,"
    "served_h100_equivalent_hours,at_home_share,in_eu_share,outside_eu_share,under_way_share,not_served_share\n";

enum class RowKind { kCountry, kUnknown, kGroup };

void append_flag(std::string& out, const std::optional<bool>& flag) {
  out += ',';
  if (flag) out += *flag ? "yes" : "no";
}

void append_known(std::string& out, const std::optional<double>& value) {
  out += ',';
  if (value) csv::append_number(out, *value);
}

void append_asked(std::string& out, const metrics::AskedHours& asked, bool placed) {
  const auto share = [&](double part, bool known) {
    append_known(out, known && asked.asked > 0.0 ? std::optional{part / asked.asked} : std::nullopt);
  };
  append_known(out, asked.asked);
  append_known(out, asked.served);
  share(asked.at_home, placed);
  share(asked.in_eu, placed);
  share(asked.outside_eu, placed);
  share(asked.under_way, true);
  share(asked.not_served, true);
}

void append_row(std::string& out, RowKind kind, const metrics::RegionalRow& row) {
  const bool country = kind == RowKind::kCountry;
  out += country ? "country," : kind == RowKind::kGroup ? "group," : "unknown,";
  csv::append_text(out, row.name);
  out += ',';
  if (kind != RowKind::kUnknown) csv::append_integer(out, row.countries);
  append_flag(out, country ? std::optional{row.host} : std::nullopt);
  append_flag(out, country ? std::optional{row.antenna} : std::nullopt);
  append_flag(out, row.eu_member);
  append_flag(out, row.cohesion);
  append_known(out, row.population_million);
  append_known(out, row.gdp_beur);
  append_known(out, row.h100_equivalent_hours);
  append_known(out, row.per_million);
  append_known(out, row.per_beur);
  append_asked(out, row.asked, kind != RowKind::kUnknown);
  out += '\n';
}

}  // namespace

std::string regional_csv(const metrics::Results& results) {
  std::string out = kRegionalHeader;
  for (const auto& row : results.regional.countries) append_row(out, RowKind::kCountry, row);
  if (results.regional.unknown) append_row(out, RowKind::kUnknown, *results.regional.unknown);
  for (const auto& row : results.regional.groups) append_row(out, RowKind::kGroup, row);
  return out;
}

}  // namespace gigasim::report
