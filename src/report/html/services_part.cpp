#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bars.hpp"
#include "block_measures.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"
#include "services_report.hpp"
#include "site.hpp"

namespace gigasim::report::html {
namespace {

constexpr std::array kRequestMeasures{BlockMeasure{"offered", "requests_offered", plain_number},
                                      BlockMeasure{"waiting before", "requests_carried_in", plain_number, true},
                                      BlockMeasure{"served", "requests_served", plain_number},
                                      BlockMeasure{"turned away", "requests_shed", plain_number},
                                      BlockMeasure{"waiting at the end", "requests_waiting", plain_number},
                                      BlockMeasure{"tokens in", "input_tokens", token_number},
                                      BlockMeasure{"tokens out", "output_tokens", token_number}};

constexpr std::array kLatencyMeasures{BlockMeasure{"TTFT mean", "ttft_mean_s", request_time_text},
                                      BlockMeasure{"median", "ttft_p50_s", request_time_text},
                                      BlockMeasure{"95 %", "ttft_p95_s", request_time_text},
                                      BlockMeasure{"99 %", "ttft_p99_s", request_time_text},
                                      BlockMeasure{"TPOT mean", "tpot_mean_s", request_time_text},
                                      BlockMeasure{"median", "tpot_p50_s", request_time_text},
                                      BlockMeasure{"95 %", "tpot_p95_s", request_time_text},
                                      BlockMeasure{"99 %", "tpot_p99_s", request_time_text},
                                      BlockMeasure{"within the objective", "slo_attainment", humane::percent}};

std::string service_sentences(const Json& service) {
  const auto figure = [&](std::string_view name) { return number_at(service, name); };
  const double offered = figure("requests_offered").value_or(0.0);
  const double served = figure("requests_served").value_or(0.0);
  std::string text = fmt::format("{} answered {} of {} requests", string_at(service, "name"), large_number(served),
                                 large_number(offered + figure("requests_carried_in").value_or(0.0)));
  if (const double shed = figure("requests_shed").value_or(0.0); shed > 0.0) {
    text += fmt::format(" and turned {} away", large_number(shed));
  }
  if (const double waiting = figure("requests_waiting").value_or(0.0); waiting > 0.0) {
    text += fmt::format(" and left {} waiting", large_number(waiting));
  }
  text += ".";
  const auto half = figure("ttft_p50_s");
  const auto most = figure("ttft_p95_s");
  if (half && most) {
    text += fmt::format(" Half of the first tokens came within {}, 95 of 100 within {}.", request_time_text(*half),
                        request_time_text(*most));
  }
  if (const auto kept = figure("slo_attainment")) {
    text += fmt::format(" {} of the requests were answered within its objective.", humane::percent(*kept));
  }
  return text;
}

std::string all_services_sentences(const Json& results) {
  std::string text;
  for (const Json& service : list_at(results, "services")) {
    if (!text.empty()) text += ' ';
    text += service_sentences(service);
  }
  return text;
}

std::vector<std::string> names_below(const Results& results, const std::string& service, std::string_view array) {
  std::vector<std::string> names;
  for (const Result& result : results) {
    const Json* block = block_named(result, "services", service);
    if (block != nullptr) add_names(list_at(*block, array), names);
  }
  return names;
}

/// The rows of each service's sites or origins.
std::vector<MeasuredRow> rows_below_services(const Results& results, std::string_view array) {
  std::vector<MeasuredRow> rows;
  const bool by_country = array == "origins";
  for (const std::string& service : block_names(results, "services")) {
    for (const std::string& name : names_below(results, service, array)) {
      for (const Result& result : results) {
        const Json* block = block_named(result, "services", service);
        const Json* entry = block == nullptr ? nullptr : named_in(list_at(*block, array), name);
        const std::string words = by_country ? country_name(name) : name;
        if (entry != nullptr) rows.push_back({{{service}, {words}}, &result, entry});
      }
    }
  }
  return rows;
}

Bar time_bar(const Json* block, std::string_view what, std::string name, std::size_t series) {
  Bar bar{std::move(name), series, {}, "no request", 0.0, 0.0, false};
  if (block == nullptr) return bar;
  const auto half = number_at(*block, fmt::format("{}_p50_s", what));
  const auto most = number_at(*block, fmt::format("{}_p95_s", what));
  if (!half || !most) return bar;
  bar.inner = *half;
  bar.outer = *most;
  bar.detail = fmt::format("median {}", request_time_text(*half));
  bar.text = fmt::format("95 % {}", request_time_text(*most));
  return bar;
}

/// A group for each service: of one result its sites where they are few enough, of several results each of them.
std::vector<BarGroup> time_bars(const Results& results, std::string_view what) {
  constexpr std::size_t kMostBars = 40;
  const bool with_sites = results.size() == 1 && rows_below_services(results, "sites").size() <= kMostBars;
  std::vector<BarGroup> groups;
  for (const std::string& service : block_names(results, "services")) {
    BarGroup& group = groups.emplace_back(BarGroup{service, {}});
    for (std::size_t r = 0; r < results.size(); ++r) {
      const Json* block = block_named(results[r], "services", service);
      group.bars.push_back(time_bar(block, what, results.size() > 1 ? results[r].label : "all sites", r));
      if (!with_sites || block == nullptr || list_at(*block, "sites").size() < 2) continue;
      for (const Json& site : list_at(*block, "sites")) {
        group.bars.push_back(time_bar(&site, what, string_at(site, "name"), r));
      }
    }
  }
  return groups;
}

std::string time_chart(const Results& results, std::string_view what, std::string_view title) {
  const std::vector<BarGroup> groups = time_bars(results, what);
  return bar_chart({fmt::format("service-{}", what), std::string{title}, bars_in_words(title, groups)}, groups, "s",
                   legend(labels(results)), "");
}

std::string service_tables(const Results& results, const std::vector<MeasuredRow>& rows, std::string_view column) {
  std::vector<Column> lead{{"service", false, 0}};
  std::string by = "service";
  if (!column.empty()) {
    lead.push_back({std::string{column}, false, 0});
    by += fmt::format(" and {}", column);
  }
  const bool several = results.size() > 1;
  return table(measure_table(lead, rows, kRequestMeasures, several), fmt::format("Requests by {}", by)) +
         table(measure_table(lead, rows, kLatencyMeasures, several), fmt::format("Latency by {}", by));
}

std::string folded_tables(const Results& results, std::string_view array, std::string_view column,
                          std::string_view summary) {
  const std::vector<MeasuredRow> rows = rows_below_services(results, array);
  return rows.empty() ? "" : folded(summary, service_tables(results, rows, column));
}

}  // namespace

std::string services_part(const Results& results) {
  if (block_names(results, "services").empty()) return {};
  return told(results, all_services_sentences) +
         paragraph(
             "TTFT is the time from a request to the first token of its answer, the way through the networks and "
             "waiting included; TPOT the time for each token after it. The objective is kept where and while both "
             "95 % quantiles are within what the service promises; with fidelity requests, by each request whose own "
             "times are.") +
         time_chart(results, "ttft", "Time to the first token: median (strong) and 95 % (pale)") +
         time_chart(results, "tpot", "Time per output token: median (strong) and 95 % (pale)") +
         service_tables(results, rows_of_array(results, "services"), "") +
         folded_tables(results, "sites", "site", "By site") +
         folded_tables(results, "origins", "country", "By country of the users");
}

}  // namespace gigasim::report::html
