#include "page.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "embedded.hpp"
#include "gigasim/units/calendar.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

struct Part {
  std::string_view id, heading;
  std::string (*body)(const Results&);
};

constexpr std::array kParts{
    Part{"answer", "The answer", answer_part},
    Part{"key-figures", "Key figures", key_figures_part},
    Part{"sites", "Where the machines are", map_part},
    Part{"hours", "What became of the accelerator-hours", hours_part},
    Part{"ai-work", "Training and other AI work", ai_part},
    Part{"services", "Inference services", services_part},
    Part{"reliability", "Failures and checkpoints", reliability_part},
    Part{"waiting", "How long jobs wait", waiting_part},
    Part{"access", "How long until access", access_part},
    Part{"privileges", "Rights before others", privileges_part},
    Part{"quarters", "Capacity and delivery over the years", quarters_part},
    Part{"over-time", "Utilisation and queues over time", over_time_part},
    Part{"cost", "What it costs and who pays", cost_part},
    Part{"balance", "Who gets what, by country", regional_part},
    Part{"warnings", "Warnings", warnings_part},
    Part{"assumptions", "Assumptions", assumptions_part},
    Part{"origin", "How this report was made", origin_part},
};

/// Nothing is loaded and nothing runs, whatever a text of a scenario might try.
constexpr std::string_view kSecurity = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

std::string title_of(const Results& results) {
  std::string title;
  for (const Result& result : results) {
    if (title.find(result.summary.scenario) != std::string::npos) continue;
    title += (title.empty() ? "" : ", ") + result.summary.scenario;
  }
  return title.empty() ? "gigasim report" : title;
}

std::string date_of(double unix_seconds) {
  return units::format_utc(units::UtcTime{static_cast<std::int64_t>(unix_seconds)});
}

std::string period_line(const Results& results) {
  const Result& first = results.front();
  bool one_period = true;
  for (const Result& result : results) one_period &= result.begin == first.begin && result.end == first.end;
  return one_period ? fmt::format("Simulated period: {} to {}.", date_of(first.begin), date_of(first.end))
                    : "The results cover different periods.";
}

std::string header(const Results& results) {
  std::string out =
      fmt::format("<header>\n<p class=\"kind\">Simulation report</p>\n<h1>{}</h1>\n", escaped(title_of(results)));
  const std::string description = string_at(results.front().results, "scenario.description");
  if (!description.empty()) out += fmt::format("<p class=\"lead\">{}</p>\n", escaped(description));
  return out + fmt::format("<p class=\"note\">{}</p>\n</header>\n", escaped(period_line(results)));
}

std::string contents(const std::vector<const Part*>& parts) {
  std::string out = "<nav aria-label=\"Contents\"><ul>";
  for (const Part* part : parts) out += fmt::format("<li><a href=\"#{}\">{}</a></li>", part->id, part->heading);
  return out + "</ul></nav>\n";
}

std::string footer() {
  const std::string_view map =
      europe_map().empty()
          ? ""
          : "<p>Map: made with Natural Earth (public domain), through the package world-atlas (ISC licence). Borders "
            "follow the de facto view of that source; they and the names on this page imply no opinion on the status "
            "of "
            "any territory.</p>\n";
  return fmt::format(
      "<footer>\n{}<p>Made by gigasim {}, a discrete-event simulator of the European network of AI factories and "
      "gigafactories. Results of a simulation are conditional on its assumptions: they are no "
      "forecast.</p>\n</footer>\n",
      map, GIGASIM_VERSION);
}

}  // namespace

std::string page(const Results& results) {
  std::vector<const Part*> told;
  std::string body;
  for (const Part& part : kParts) {
    const std::string text = part.body(results);
    if (text.empty()) continue;
    told.push_back(&part);
    body += fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\">{1}</h2>\n{2}</section>\n",
                        part.id, part.heading, text);
  }
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}: simulation report</title>\n<style>\n{}</style>\n"
      "</head>\n<body>\n<a class=\"skip\" href=\"#answer\">Skip to the "
      "answer</a>\n{}{}<main>\n{}</main>\n{}</body>\n</html>\n",
      kSecurity, escaped(title_of(results)), style_sheet(), header(results), contents(told), body, footer());
}

}  // namespace gigasim::report::html
