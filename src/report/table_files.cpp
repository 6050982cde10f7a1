#include "table_files.hpp"

#include <cstddef>
#include <string_view>

#include "csv_text.hpp"
#include "figures.hpp"
#include "gigasim/report/report.hpp"

namespace gigasim::report {
namespace {

void append_block(std::string& out, std::string_view name, const metrics::Block& block) {
  const auto metrics = metrics::registry();
  const auto figures = figures_of(block);
  std::string lower_bounds;
  csv::append_text(out, name);
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    out += ',';
    if (!figures[i]) continue;
    csv::append_number(out, figures[i]->value);
    if (!figures[i]->lower_bound) continue;
    if (!lower_bounds.empty()) lower_bounds += ';';
    lower_bounds += metrics[i].column;
  }
  out += ',';
  csv::append_text(out, lower_bounds);
  out += '\n';
}

}  // namespace

std::string sites_csv(const metrics::Results& results) {
  std::string out = "name";
  for (const metrics::Metric& metric : metrics::registry()) out.append(",").append(metric.column);
  out += ",lower_bounds\n";
  append_block(out, "network", results.network);
  for (const metrics::Block& site : results.sites) append_block(out, site.name, site);
  return out;
}

std::string to_csv(const metrics::Results& results) {
  return sites_csv(results);
}

std::string timeseries_csv(const metrics::Results& results) {
  constexpr std::size_t kTypicalRow = 80;
  constexpr double kSecondsPerHour = 3600.0;
  std::string out = "time_utc,site,queue_length_mean,busy_accelerators_mean,online_accelerators_mean,it_power_mw\n";
  out.reserve(out.size() + results.timeseries.size() * kTypicalRow);
  for (const metrics::SeriesRow& row : results.timeseries) {
    out += units::format_utc_long(results.scenario.period.start +
                                  units::Seconds{static_cast<double>(row.hour) * kSecondsPerHour});
    out += ',';
    csv::append_text(out, results.scenario.sites.at(static_cast<std::size_t>(row.site)).name);
    for (const double value : {row.queue_length, row.busy_accelerators, row.online_accelerators, row.it_power_mw}) {
      out += ',';
      csv::append_number(out, value);
    }
    out += '\n';
  }
  return out;
}

}  // namespace gigasim::report
