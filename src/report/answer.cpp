#include "answer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"
#include "services_report.hpp"
#include "summary.hpp"

namespace gigasim::report {
namespace {

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

std::string were(std::int64_t count) {
  return count == 1 ? "was" : "were";
}

std::int64_t counted(const SummaryBlock& block, std::string_view metric) {
  return std::llround(amount(block, metric));
}

bool offers_services(const SummaryBlock& network) {
  return figure_of(network, "requests_offered").has_value();
}

std::string jobs_sentence(const SummaryBlock& network) {
  const std::int64_t submitted = counted(network, "jobs_submitted");
  if (submitted == 0 && offers_services(network)) return {};
  if (submitted == 0) return "No job was submitted in the results period.";
  const std::int64_t completed = counted(network, "jobs_completed");
  const std::int64_t failed = counted(network, "jobs_failed");
  std::vector<std::string> fates{
      fmt::format("{} completed ({})", units::grouped(completed),
                  humane::percent(static_cast<double>(completed) / static_cast<double>(submitted)))};
  if (failed > 0) fates.push_back(fmt::format("{} failed", units::grouped(failed)));
  const auto add_count = [&](std::int64_t count, const std::string& what) {
    if (count > 0) fates.push_back(fmt::format("{} {} {}", units::grouped(count), were(count), what));
  };
  const auto add = [&](std::string_view metric, const std::string& what) { add_count(counted(network, metric), what); };
  add("jobs_cancelled", "cancelled by their users");
  add("jobs_killed", "killed");
  const std::int64_t out_of_budget = counted(network, "jobs_out_of_budget");
  add_count(counted(network, "jobs_refused") - out_of_budget, "refused");
  add_count(out_of_budget, "refused because the budget or the time of the project did not cover " +
                               std::string{out_of_budget == 1 ? "it" : "them"});
  add("jobs_left", "given up by users whose patience was over");
  add("jobs_running", "still running at the end");
  add("jobs_queued", "still waiting at the end");
  return fmt::format("Of {} submitted, {}.", humane::count(submitted, "job"), listed(fates));
}

std::string hours_sentence(const SummaryBlock& network) {
  const double available = amount(network, "accelerator_hours_available");
  if (available <= 0.0) return "No accelerator was online in the results period.";
  return fmt::format("The machines delivered {} of {} available accelerator-hours, a utilisation of {}.",
                     humane::number(amount(network, "accelerator_hours")), humane::number(available),
                     humane::percent(amount(network, "utilisation")));
}

std::string wait_text(const Figure& figure) {
  return humane::figure_words(figure, "s");
}

/// Empty when no job has a queue time.
std::string wait_sentence(const SummaryBlock& network) {
  const auto median = figure_of(network, "queue_time_median");
  const auto p95 = figure_of(network, "queue_time_p95");
  const auto longest = figure_of(network, "queue_time_max");
  if (!median || !p95 || !longest) return {};
  std::string text = fmt::format("The median wait was {}, the 95th percentile {} and the longest {}",
                                 wait_text(*median), wait_text(*p95), wait_text(*longest));
  if (median->lower_bound || p95->lower_bound || longest->lower_bound) {
    text += " (some jobs had not started by the end, and count with the wait that they had so far)";
  }
  return text + ".";
}

/// Empty without services.
std::string services_sentence(const SummaryBlock& network) {
  if (!offers_services(network)) return {};
  std::vector<std::string> fates{
      fmt::format("answered {} of {} requests", units::grouped(counted(network, "requests_served")),
                  units::grouped(counted(network, "requests_offered") + counted(network, "requests_carried_in")))};
  const std::int64_t shed = counted(network, "requests_shed");
  const std::int64_t waiting = counted(network, "requests_waiting");
  if (shed > 0) fates.push_back(fmt::format("turned {} away", units::grouped(shed)));
  if (waiting > 0) fates.push_back(fmt::format("left {} waiting at the end", units::grouped(waiting)));
  std::string text = fmt::format("The services {}.", listed(fates));
  const auto median = figure_of(network, "ttft_p50");
  const auto p95 = figure_of(network, "ttft_p95");
  if (median && p95) {
    text += fmt::format(" Half of the first tokens came within {}, 95 of 100 within {}.",
                        request_time_text(median->value), request_time_text(p95->value));
  }
  return text;
}

/// Empty where nothing failed.
std::string failures_sentence(const SummaryBlock& network) {
  const std::int64_t interruptions = counted(network, "interruptions");
  const auto goodput = figure_of(network, "goodput");
  if (interruptions == 0 || !goodput) return {};
  return fmt::format("Failures stopped what ran {}; {} of the accelerator-hours delivered were work that counts.",
                     humane::count(interruptions, "time"), humane::percent(goodput->value));
}

std::string energy_sentence(const SummaryBlock& network) {
  return fmt::format("The sites used {} of electricity, cooling included: {} on average and {} at the peak.",
                     humane::quantity(amount(network, "energy"), "MWh"),
                     humane::quantity(amount(network, "mean_power"), "MW"),
                     humane::quantity(amount(network, "peak_power"), "MW"));
}

/// What is left to do at the end, as a clause; empty when nothing is.
std::string backlog(const SummaryBlock& network) {
  if (counted(network, "jobs_unfinished") == 0) return {};
  std::string text = humane::number(amount(network, "unfinished_accelerator_hours"));
  text += " accelerator-hours were still to be delivered at the end";
  if (counted(network, "jobs_queued") > 0) {
    text += " and the oldest job in a queue had waited " + humane::quantity(amount(network, "oldest_queued_age"), "s");
  }
  return text;
}

std::string load_sentence(const SummaryBlock& network) {
  const std::string rest = backlog(network);
  const std::string load = humane::percent(amount(network, "offered_load"));
  if (!overloaded(network)) {
    return fmt::format("The jobs asked for {} of the capacity{}.", load,
                       rest.empty() ? ", and none of them was left unfinished" : "; " + rest);
  }
  if (counted(network, "jobs_left") > 0) {
    return fmt::format(
        "{}: the jobs asked for {} of the capacity; those for whom there is no room wait until they leave{}.", kAlarm,
        load, rest.empty() ? "" : "; " + rest);
  }
  return fmt::format(
      "{}: the jobs asked for {} of the capacity, so the system is unstable: queues grow for as long as the run "
      "lasts, and queue times say more about its length than about the system{}.",
      kAlarm, load, rest.empty() ? "" : "; " + rest);
}

/// Empty where nobody lost patience.
std::string unserved_sentence(const SummaryBlock& network) {
  const double unserved = amount(network, "unserved_h100_equivalent_hours");
  if (unserved <= 0.0) return {};
  return fmt::format("The jobs that were given up asked for {} H100-equivalent-hours: demand that stays unserved.",
                     humane::number(unserved));
}

std::string overloaded_sites(const std::vector<SummaryBlock>& sites) {
  constexpr std::size_t kNamed = 5;
  std::vector<std::string> names;
  for (const SummaryBlock& site : sites) {
    if (overloaded(site)) names.push_back(site.name);
  }
  if (names.empty() || sites.size() < 2) return {};
  const std::size_t count = names.size();
  if (count > kNamed) {
    names.resize(kNamed - 1);
    names.push_back(fmt::format("{} more", count - names.size()));
  }
  return fmt::format("Of {} sites, {} {} overloaded (jobs sent there asked for its whole capacity or more): {}.",
                     sites.size(), count, count == 1 ? "is" : "are", listed(names));
}

}  // namespace

std::string headline(const metrics::Results& results) {
  const scenario::Scenario& scenario = results.scenario;
  const auto moment = [&](units::Seconds time) { return units::format_utc(scenario.period.start + time); };
  const std::string variant = scenario.variant.empty() ? "" : fmt::format(" (variant {})", scenario.variant);
  return fmt::format("{}{}: {} to {}, seed {}", scenario.name, variant, moment(results.results_begin),
                     moment(results.results_end), scenario.seed);
}

std::vector<std::string> answer(const Summary& summary) {
  const SummaryBlock& network = summary.network;
  std::vector<std::string> sentences{jobs_sentence(network),     hours_sentence(network),    wait_sentence(network),
                                     services_sentence(network), failures_sentence(network), energy_sentence(network)};
  if (counted(network, "jobs_submitted") > 0) sentences.push_back(load_sentence(network));
  sentences.push_back(unserved_sentence(network));
  sentences.push_back(overloaded_sites(blocks_of(summary, "sites")));
  std::erase(sentences, "");
  return sentences;
}

std::vector<std::string> answer(const metrics::Results& results) {
  return answer(summarise(results, results.scenario.name));
}

bool overloaded(const SummaryBlock& block) {
  return amount(block, "offered_load") >= kWholeCapacity && counted(block, "jobs_unfinished") > 0;
}

}  // namespace gigasim::report
