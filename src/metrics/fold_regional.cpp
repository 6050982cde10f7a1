#include "fold_regional.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

#include "equality.hpp"
#include "origin_hours.hpp"

namespace gigasim::metrics {
namespace {

const scenario::Country* facts_of(const Books& books, const std::string& code) {
  const auto found = books.scenario.countries.find(code);
  return found == books.scenario.countries.end() ? nullptr : &found->second;
}

const std::string& country_of(const Books& books, const PartitionBook& book) {
  return books.scenario.sites[static_cast<std::size_t>(book.place.site)].country;
}

/// H100 equivalents of an accelerator of each partition, and last the mean of the scenario's accelerators: what a job
/// that was sent nowhere would have had.
std::vector<double> h100_equivalents(const Books& books) {
  std::vector<double> each;
  double sum = 0.0;
  double count = 0.0;
  for (const PartitionBook& book : books.machines.books()) {
    each.push_back(book.machine->h100_equivalent);
    sum += static_cast<double>(book.machine->count) * book.machine->h100_equivalent;
    count += static_cast<double>(book.machine->count);
  }
  each.push_back(count > 0.0 ? sum / count : 0.0);
  return each;
}

bool any_partition(std::size_t /*partition*/) {
  return true;
}

/// Makes the rows of countries.
class RowMaker {
 public:
  explicit RowMaker(const Books& books) : books_(books), h100_(h100_equivalents(books)) {
    for (const PartitionBook& book : books.machines.books()) {
      if (book.online.inside() > 0) hosts_.insert(country_of(books, book));
    }
    for (const scenario::Site& site : books.scenario.sites) {
      if (site.kind == scenario::SiteKind::kAntenna) antennas_.insert(site.country);
    }
  }

  [[nodiscard]] RegionalRow country(const std::string& code, const OriginHours& ticks) const {
    RegionalRow row = hours(code, ticks);
    row.countries = 1;
    row.host = hosts_.contains(code);
    row.antenna = antennas_.contains(code) && !row.host;
    row.asked.at_home = h100_hours(ticks.served, [&](std::size_t p) { return at(p) == code; });
    row.asked.in_eu = h100_hours(ticks.served, [&](std::size_t p) { return at(p) != code && in_eu(at(p)); });
    row.asked.outside_eu = h100_hours(ticks.served, [&](std::size_t p) { return at(p) != code && !in_eu(at(p)); });
    if (const scenario::Country* facts = facts_of(books_, code)) {
      row.eu_member = facts->eu_member;
      row.cohesion = facts->cohesion;
      row.population_million = facts->population_million;
      row.gdp_beur = facts->gdp_beur;
    }
    return row;
  }

  /// What is known without a country.
  [[nodiscard]] RegionalRow hours(const std::string& name, const OriginHours& ticks) const {
    RegionalRow row;
    row.name = name;
    row.h100_equivalent_hours = h100_hours(ticks.delivered, any_partition);
    row.asked.served = h100_hours(ticks.served, any_partition);
    row.asked.under_way = h100_hours(ticks.under_way, any_partition);
    row.asked.not_served = h100_hours(ticks.not_served, any_partition);
    row.asked.asked = row.asked.served + row.asked.under_way + row.asked.not_served;
    return row;
  }

 private:
  /// Country of a partition; empty for what was sent nowhere.
  [[nodiscard]] std::string at(std::size_t partition) const {
    const auto books = books_.machines.books();
    return partition < books.size() ? country_of(books_, books[partition]) : std::string{};
  }
  [[nodiscard]] bool in_eu(const std::string& code) const {
    const scenario::Country* facts = facts_of(books_, code);
    return facts != nullptr && facts->eu_member;
  }
  template <class Counts>
  [[nodiscard]] double h100_hours(const std::vector<Wide>& ticks, Counts counts) const {
    double sum = 0.0;
    for (std::size_t p = 0; p < ticks.size(); ++p) {
      if (ticks[p] != 0 && counts(p)) sum += static_cast<double>(ticks[p]) * h100_[p];
    }
    return to_hours(sum);
  }

  const Books& books_;
  std::vector<double> h100_;
  std::set<std::string> hosts_, antennas_;
};

void add_known(std::optional<double>& sum, const std::optional<double>& part) {
  if (part) sum = sum.value_or(0.0) + *part;
}

void add(AskedHours& sum, const AskedHours& part) {
  constexpr std::array kAll{&AskedHours::asked,      &AskedHours::served,    &AskedHours::at_home,   &AskedHours::in_eu,
                            &AskedHours::outside_eu, &AskedHours::under_way, &AskedHours::not_served};
  for (const auto member : kAll) sum.*member += part.*member;
}

void fill_ratios(RegionalRow& row) {
  if (row.population_million > 0.0) row.per_million = row.h100_equivalent_hours / *row.population_million;
  if (row.gdp_beur > 0.0) row.per_beur = row.h100_equivalent_hours / *row.gdp_beur;
}

RegionalRow group(const char* name, const std::vector<RegionalRow>& countries,
                  const std::function<bool(const RegionalRow&)>& belongs) {
  RegionalRow sum;
  sum.name = name;
  for (const RegionalRow& row : countries) {
    if (!belongs(row)) continue;
    ++sum.countries;
    sum.h100_equivalent_hours += row.h100_equivalent_hours;
    add_known(sum.population_million, row.population_million);
    add_known(sum.gdp_beur, row.gdp_beur);
    add(sum.asked, row.asked);
  }
  fill_ratios(sum);
  return sum;
}

std::vector<RegionalRow> groups_of(const std::vector<RegionalRow>& rows) {
  if (rows.empty()) return {};
  const auto eu = [](const RegionalRow& row) { return row.eu_member.value_or(false); };
  const auto cohesion = [](const RegionalRow& row) { return row.cohesion.value_or(false); };
  return {group("hosts", rows, [](const RegionalRow& row) { return row.host; }),
          group("non_hosts", rows, [](const RegionalRow& row) { return !row.host; }),
          group("cohesion", rows, cohesion),
          group("other_eu", rows, [&](const RegionalRow& row) { return eu(row) && !cohesion(row); }),
          group("non_eu", rows, [&](const RegionalRow& row) { return row.eu_member && !eu(row); }),
          group("antennas", rows, [](const RegionalRow& row) { return row.antenna; })};
}

/// H100-equivalent hours available, added up by what `name` says of a partition.
std::vector<CapacityShare> capacity_by(const Books& books,
                                       const std::function<std::string(const PartitionBook&)>& name) {
  std::map<std::string, double> hours;
  double all = 0.0;
  for (const PartitionBook& book : books.machines.books()) {
    const double h = to_hours(static_cast<double>(book.online.inside()) * book.machine->h100_equivalent);
    if (h <= 0.0) continue;
    hours[name(book)] += h;
    all += h;
  }
  std::vector<CapacityShare> shares;
  shares.reserve(hours.size());
  for (const auto& [key, h] : hours) shares.push_back({key, h, h / all});
  return shares;
}

std::optional<double> concentration(const std::vector<CapacityShare>& shares) {
  std::vector<double> parts;
  parts.reserve(shares.size());
  for (const CapacityShare& share : shares) parts.push_back(share.h100_equivalent_hours);
  return herfindahl_hirschman(parts);
}

void fold_equality(const std::vector<RegionalRow>& countries, Results& results) {
  std::vector<Endowment> people;
  std::vector<Endowment> each;
  for (const RegionalRow& row : countries) {
    if (!row.per_million) continue;
    people.push_back({*row.per_million, *row.population_million});
    each.push_back({*row.per_million, 1.0});
  }
  results.network.regional.delivered_gini = gini(people);
  results.network.regional.delivered_jain = jain(people);
  results.regional.gini_of_countries = gini(each);
  results.regional.jain_of_countries = jain(each);
}

void fold_rows(const Books& books, Results& results) {
  const std::vector<OriginHours> ticks = sum_origins(books);
  const RowMaker maker{books};
  Regional& regional = results.regional;
  for (std::size_t i = 0; i < books.origins.size(); ++i) {
    if (ticks[i].occurs) regional.countries.push_back(maker.country(books.origins[i], ticks[i]));
  }
  for (RegionalRow& row : regional.countries) fill_ratios(row);
  std::sort(regional.countries.begin(), regional.countries.end(),
            [](const RegionalRow& a, const RegionalRow& b) { return a.name < b.name; });
  if (ticks.back().occurs) regional.unknown = maker.hours("unknown", ticks.back());
  regional.groups = groups_of(regional.countries);
}

std::string known_or(const std::string& name, const char* otherwise) {
  return name.empty() ? otherwise : name;
}

}  // namespace

void fold_regional(const Books& books, Results& results) {
  fold_rows(books, results);
  Regional& regional = results.regional;
  RegionalFigures& figures = results.network.regional;
  regional.capacity_by_country =
      capacity_by(books, [&](const PartitionBook& b) { return known_or(country_of(books, b), "unknown"); });
  regional.capacity_by_vendor =
      capacity_by(books, [](const PartitionBook& b) { return known_or(b.machine->vendor, "not named"); });
  results.capacity_by_basis = capacity_by(books, [](const PartitionBook& b) { return b.machine->count_basis.word; });
  figures.capacity_hhi_country = concentration(regional.capacity_by_country);
  figures.capacity_hhi_vendor = concentration(regional.capacity_by_vendor);
  fold_equality(regional.countries, results);
  AskedHours all;
  for (const RegionalRow& row : regional.countries) add(all, row.asked);
  if (all.asked > 0.0) figures.served_at_home_share = all.at_home / all.asked;
}

}  // namespace gigasim::metrics
