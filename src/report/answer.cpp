#include "answer.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

#include "figures.hpp"
#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"

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

std::string jobs_sentence(const metrics::JobCounts& jobs) {
  if (jobs.submitted == 0) return "No job was submitted in the results period.";
  const double finished = static_cast<double>(jobs.finished) / static_cast<double>(jobs.submitted);
  std::vector<std::string> fates{
      fmt::format("{} finished ({})", units::grouped(jobs.finished), humane::percent(finished))};
  const auto add = [&](std::int64_t count, const std::string& what) {
    if (count > 0) fates.push_back(fmt::format("{} {} {}", units::grouped(count), were(count), what));
  };
  add(jobs.killed, "killed");
  add(jobs.refused, "refused because no site can ever run them");
  add(jobs.left, "given up by users whose patience was over");
  add(jobs.running, "still running at the end");
  add(jobs.queued, "still waiting at the end");
  return fmt::format("Of {} submitted, {}.", humane::count(jobs.submitted, "job"), listed(fates));
}

std::string hours_sentence(const metrics::Block& network) {
  if (network.accelerator_hours_available <= 0.0) return "No accelerator was online in the results period.";
  return fmt::format("The machines delivered {} of {} available accelerator-hours, a utilisation of {}.",
                     humane::number(network.accelerator_hours), humane::number(network.accelerator_hours_available),
                     humane::percent(network.utilisation));
}

std::string wait_text(const Figure& figure) {
  return (figure.lower_bound ? "at least " : "") + units::humane_duration(units::Seconds{figure.value});
}

std::string wait_sentence(const metrics::Distribution& wait) {
  std::string text = fmt::format("The median wait was {}, the 95th percentile {} and the longest {}",
                                 wait_text(wait.median), wait_text(wait.p95), wait_text(wait.max));
  if (wait.median.lower_bound || wait.p95.lower_bound || wait.max.lower_bound) {
    text += " (\"at least\": jobs that had not started by then count with the wait they had so far)";
  }
  return text + ".";
}

std::string energy_sentence(const metrics::Block& network) {
  return fmt::format("The sites used {} of electricity, cooling included: {} on average and {} at the peak.",
                     humane::quantity(network.energy_mwh, "MWh"), humane::quantity(network.mean_power_mw, "MW"),
                     humane::quantity(network.peak_power_mw, "MW"));
}

/// What is left to do at the end, as a clause; empty when nothing is.
std::string backlog(const metrics::Block& network) {
  if (network.jobs.unfinished() == 0) return {};
  std::string text = humane::number(network.unfinished_accelerator_hours);
  text += " accelerator-hours were still to be delivered at the end";
  if (network.jobs.queued > 0) {
    text += " and the oldest job in a queue had waited " +
            units::humane_duration(units::Seconds{network.oldest_queued_age_s});
  }
  return text;
}

std::string load_sentence(const metrics::Block& network) {
  const std::string rest = backlog(network);
  if (!overloaded(network)) {
    return fmt::format("The jobs asked for {} of the capacity{}.", humane::percent(network.offered_load),
                       rest.empty() ? ", and none of them was left unfinished" : "; " + rest);
  }
  return fmt::format(
      "{}: the jobs asked for {} of the capacity, so the system is unstable: queues grow for as long as the run "
      "lasts, and queue times say more about its length than about the system{}.",
      kAlarm, humane::percent(network.offered_load), rest.empty() ? "" : "; " + rest);
}

std::string overloaded_sites(const std::vector<metrics::Block>& sites) {
  constexpr std::size_t kNamed = 5;
  std::vector<std::string> names;
  for (const metrics::Block& site : sites) {
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

std::vector<std::string> answer(const metrics::Results& results) {
  const metrics::Block& network = results.network;
  std::vector<std::string> sentences{jobs_sentence(network.jobs), hours_sentence(network)};
  if (network.queue_time_s.count > 0) sentences.push_back(wait_sentence(network.queue_time_s));
  sentences.push_back(energy_sentence(network));
  if (network.jobs.submitted > 0) sentences.push_back(load_sentence(network));
  if (std::string sites = overloaded_sites(results.sites); !sites.empty()) sentences.push_back(std::move(sites));
  return sentences;
}

}  // namespace gigasim::report
