#include "services_report.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "csv_text.hpp"
#include "evidence_words.hpp"
#include "figures.hpp"
#include "gigasim/report/humane.hpp"
#include "gigasim/report/report.hpp"
#include "results_json.hpp"

namespace gigasim::report {
namespace {

using NamedFigure = std::pair<std::string_view, std::optional<double>>;

/// In the order of the columns of services.csv.
std::array<NamedFigure, 16> named_figures(const metrics::ServiceFigures& figures) {
  return {NamedFigure{"requests_offered", figures.offered},
          {"requests_served", figures.served},
          {"requests_shed", figures.shed},
          {"requests_waiting", figures.waiting},
          {"requests_carried_in", figures.waited},
          {"input_tokens", figures.input_tokens},
          {"output_tokens", figures.output_tokens},
          {"ttft_mean_s", figures.first_token.mean_s},
          {"ttft_p50_s", figures.first_token.p50_s},
          {"ttft_p95_s", figures.first_token.p95_s},
          {"ttft_p99_s", figures.first_token.p99_s},
          {"tpot_mean_s", figures.output_token.mean_s},
          {"tpot_p50_s", figures.output_token.p50_s},
          {"tpot_p95_s", figures.output_token.p95_s},
          {"tpot_p99_s", figures.output_token.p99_s},
          {"slo_attainment", figures.attainment}};
}

Json figures_json(const metrics::ServiceRow& row) {
  Json json = Json::object();
  for (const auto& [name, value] : named_figures(row.figures)) {
    json[std::string{name}] = value ? json_number(*value) : Json(nullptr);
  }
  return json;
}

Json named_row(const std::string& name, const metrics::ServiceRow& row) {
  Json json = {{"name", name}};
  json.update(figures_json(row));
  return json;
}

const scenario::Service& service_named(const metrics::Results& results, const std::string& name) {
  const auto& all = results.scenario.workload.services;
  return *std::find_if(all.begin(), all.end(), [&](const scenario::Service& one) { return one.name == name; });
}

Cell time_cell(const std::optional<double>& seconds) {
  return {seconds ? request_time_text(*seconds) : "-"};
}

}  // namespace

std::string request_time_text(double seconds) {
  constexpr double kMilli = 1e3;
  return seconds < 1.0 ? humane::number(kMilli * seconds) + " ms" : humane::number(seconds) + " s";
}

std::string services_csv(const metrics::Results& results) {
  std::string out = "service,site,origin";
  for (const auto& [name, value] : named_figures({})) out.append(",").append(name);
  out += '\n';
  for (const metrics::ServiceRow& row : results.services) {
    csv::append_text(out, row.service);
    out += ',';
    csv::append_text(out, row.site);
    out += ',';
    csv::append_text(out, row.origin);
    for (const auto& [name, value] : named_figures(row.figures)) {
      out += ',';
      if (value) csv::append_number(out, *value);
    }
    out += '\n';
  }
  return out;
}

Json services_json(const metrics::Results& results) {
  Json services = Json::array();
  for (const metrics::ServiceRow& row : results.services) {
    if (row.site.empty() && row.origin.empty()) {
      services.push_back(named_row(row.service, row));
      services.back()["accelerators_without_measurement"] = service_named(results, row.service).unmeasured;
      services.back()["sites"] = Json::array();
      services.back()["origins"] = Json::array();
    } else if (row.origin.empty()) {
      services.back()["sites"].push_back(named_row(row.site, row));
    } else if (row.site.empty()) {
      services.back()["origins"].push_back(named_row(row.origin, row));
    }
  }
  return services;
}

Section services_section(const metrics::Results& results) {
  Section section{"Services", {}, {}};
  section.table.columns = {{"service", false, 0}, {"site", false, 0},     {"requests", true, 0},
                           {"shed", true, 0},     {"waiting", true, 3},   {"tokens out", true, 2},
                           {"TTFT p50", true, 1}, {"TTFT p95", true, 0},  {"TPOT p50", true, 1},
                           {"TPOT p95", true, 0}, {"within SLO", true, 0}};
  for (const metrics::ServiceRow& row : results.services) {
    if (!row.origin.empty()) continue;
    const metrics::ServiceFigures& figures = row.figures;
    section.table.rows.push_back({{row.service},
                                  {row.site.empty() ? "all" : row.site},
                                  {humane::number(figures.served)},
                                  {humane::number(figures.shed), figures.shed > 0.0 ? Mood::kWarning : Mood::kPlain},
                                  {humane::number(figures.waiting)},
                                  {humane::number(figures.output_tokens)},
                                  time_cell(figures.first_token.p50_s),
                                  time_cell(figures.first_token.p95_s),
                                  time_cell(figures.output_token.p50_s),
                                  time_cell(figures.output_token.p95_s),
                                  {figures.attainment ? humane::percent(*figures.attainment) : "-"}});
  }
  for (const scenario::Service& service : results.scenario.workload.services) {
    if (service.unmeasured.empty()) continue;
    section.lines.push_back({unmeasured_sentence(service.name, "serving", service.unmeasured)});
  }
  return section;
}

}  // namespace gigasim::report
