#include "gigasim/report/explain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cmath>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/report/humane.hpp"
#include "job_story.hpp"
#include "result_file.hpp"

namespace gigasim::report {
namespace {

constexpr double kSecondsOfDay = 86400.0;

struct Phrase {
  std::string_view word, text;
};

constexpr std::array kExclusionPhrases{
    Phrase{"accelerator", "not of an accelerator type that it accepts"},
    Phrase{"memory", "too little memory per accelerator"},
    Phrase{"precision", "its accelerators do not compute in the job's number format"},
    Phrase{"model_too_large", "the job's AI model does not fit on so many of its accelerators"},
    Phrase{"misses_deadline", "the job would not be done there by its deadline"},
    Phrase{"storage_too_small", "its storage is smaller than one of the job's checkpoints"},
    Phrase{"residency", "its data may not be processed there"},
    Phrase{"not_eligible", "not open to users of its country"},
    Phrase{"not_trusted", "not trusted with sensitive data"},
    Phrase{"trusted_only", "for sensitive data only"},
    Phrase{"offline", "not online"},
    Phrase{"too_large", "the job is larger than what is online there"},
    Phrase{"reserved", "the job is larger than what is not reserved for others there"},
    Phrase{"over_cap", "the job is larger than what those whose time it uses may hold there"},
    Phrase{"no_gap", "the job is longer than any gap between reservations there"},
    Phrase{"offline_before_end", "goes offline before the job would have to end"},
};

constexpr std::array kWhyPhrases{
    Phrase{"only_one", "no other could take it"},
    Phrase{"at_home", "the least loaded in the user's own country"},
    Phrase{"nearest", "the nearest that could take it"},
    Phrase{"in_turn", "its turn had come"},
    Phrase{"least_loaded", "the least loaded that could take it"},
    Phrase{"at_once", "the nearest that could start it at once"},
    Phrase{"earliest_start", "the earliest estimated start"},
    Phrase{"lowest_score", "the lowest score"},
};

template <std::size_t N>
std::string_view phrase(const std::array<Phrase, N>& phrases, std::string_view word) {
  for (const Phrase& one : phrases) {
    if (one.word == word) return one.text;
  }
  return word;
}

std::string time_text(const JobStory& story, double seconds) {
  return units::format_utc_long(story.start + units::Seconds{std::floor(seconds)});
}

std::string span_text(double seconds) {
  return humane::quantity(seconds, "s");
}

std::string submission(const JobStory& story) {
  std::string who = fmt::format("Job {} of stream {}", story.field("job_id"), story.field("stream"));
  std::vector<std::string> more;
  if (const auto& access = story.field("access_class"); !access.empty()) more.push_back("access class " + access);
  if (const auto& labels = story.field("labels"); !labels.empty()) more.push_back(labels);
  if (!more.empty()) who += fmt::format(" ({})", fmt::join(more, "; "));
  const std::string& origin = story.field("origin");
  return fmt::format("{} was submitted at {}{}.", who, time_text(story, story.number("submit_time_s").value_or(0.0)),
                     origin.empty() ? ", from where is not known" : " by a user in " + origin);
}

std::string accepted_types(const Json& needs) {
  std::vector<std::string> types;
  for (const Json& one : list_at(needs, "accelerators")) {
    const double speed = number_at(one, "speed").value_or(1.0);
    const std::string at = speed == 1.0 ? "" : fmt::format(" (at {} times the speed)", speed);
    types.push_back(string_at(one, "id") + at);
  }
  return fmt::format("{}", fmt::join(types, " or "));
}

std::string request(const JobStory& story) {
  const auto count = static_cast<std::int64_t>(story.number("accelerators").value_or(0.0));
  std::string text = fmt::format("It asked for {} for up to {}", humane::count(count, "accelerator"),
                                 span_text(story.number("walltime_s").value_or(0.0)));
  const Json* needs = story.needs();
  if (needs == nullptr) return text + ".";
  if (const std::string types = accepted_types(*needs); !types.empty()) text += ", of type " + types;
  if (const double memory = number_at(*needs, "memory_gb").value_or(0.0); memory > 0.0) {
    text += fmt::format(", with at least {} GB of memory each", memory);
  }
  const std::string residency = string_at(*needs, "residency");
  if (residency == "eu") text += "; its data may be processed in the EU only";
  if (residency == "country") text += "; its data may be processed in its own country only";
  const Json* sensitive = value_at(*needs, "sensitive");
  if (sensitive != nullptr && *sensitive == true) text += "; its data is sensitive";
  return text + ".";
}

void tell_partitions(const JobStory& story, std::vector<std::string>& out) {
  std::size_t all = 0;
  std::size_t able = 0;
  for (const auto& [verdict, partitions] : story.verdicts) {
    all += partitions.size();
    if (verdict == "able") able = partitions.size();
  }
  if (all == 0) return;
  if (able < all) {
    out.push_back(able == 0 ? fmt::format("None of the {} partitions could take it:", all)
                            : fmt::format("{} of the {} partitions could not take it:", all - able, all));
  }
  for (const auto& [verdict, partitions] : story.verdicts) {
    if (verdict == "able") continue;
    out.push_back(fmt::format("  {}: {}", phrase(kExclusionPhrases, verdict), fmt::join(partitions, ", ")));
  }
  for (const auto& [verdict, partitions] : story.verdicts) {
    if (verdict == "able") out.push_back(fmt::format("It could go to: {}.", fmt::join(partitions, ", ")));
  }
}

/// What the broker compared, where it did.
std::string comparison(const JobStory& story) {
  const auto score = story.number("score");
  if (!score) return "";
  const std::string broker = string_at(story.results, "brokering.broker");
  const auto shown = [&](double value) {
    if (broker == "home" || broker == "least_loaded") return fmt::format("load {}", humane::percent(value));
    if (broker == "weighted") return fmt::format("score {}", humane::number(value));
    return fmt::format("estimated wait {}", span_text(value * kSecondsOfDay));
  };
  std::string text = fmt::format(" ({}", shown(*score));
  if (const auto next = story.number("next_score")) {
    text += fmt::format("; the next best was {}/{}, {}", story.field("next_site"), story.field("next_partition"),
                        shown(*next));
  }
  return text + ")";
}

/// What a weighted score is, and its parts: that of waiting, and the rest.
void tell_score(const JobStory& story, std::vector<std::string>& out) {
  const auto score = story.number("score");
  const auto start = story.number("expected_start_time_s");
  const Json* weights = value_at(story.results, "brokering.weights");
  if (!score || !start || weights == nullptr || !weights->is_object()) return;
  const double submitted = story.number("submit_time_s").value_or(0.0);
  const double wait = *start - story.number("brokered_time_s").value_or(submitted);
  const double waiting = number_at(*weights, "queue").value_or(0.0) * wait / kSecondsOfDay;
  const double rest = *score - waiting;
  out.push_back(
      fmt::format("The score has no unit, and lower is better: {} are for the estimated wait of {}, {} for distance, "
                  "carbon and price as weighted.",
                  humane::number(waiting), span_text(wait), humane::number(std::abs(rest) < 1e-9 ? 0.0 : rest)));
}

void tell_choice(const JobStory& story, std::vector<std::string>& out) {
  if (story.field("why").empty()) return;
  const double submitted = story.number("submit_time_s").value_or(0.0);
  const double brokered = story.number("brokered_time_s").value_or(submitted);
  const std::string when = brokered == submitted ? "" : fmt::format(", {} later,", span_text(brokered - submitted));
  const std::string broker = string_at(story.results, "brokering.broker");
  const double moves = story.number("moves").value_or(0.0);
  if (moves > 0.0) {
    out.push_back(fmt::format("It waited so long that it was brokered anew, and moved {}.",
                              humane::count(static_cast<std::int64_t>(moves), "time")));
  }
  out.push_back(fmt::format("The broker ({}){} sent it to {}/{}: {}{}.", broker, when, story.field("site"),
                            story.field("partition"), phrase(kWhyPhrases, story.field("why")), comparison(story)));
  tell_score(story, out);
  if (const double speed = story.speed(); speed != 1.0) {
    out.push_back(fmt::format("There it runs at {} times the speed.", speed));
  }
}

std::string against_estimate(const JobStory& story, double start) {
  const auto expected = story.number("expected_start_time_s");
  if (!expected) return "";
  const double late = start - *expected;
  if (std::abs(late) < 1.0) return ", as estimated when it was sent there";
  const double submitted = story.number("submit_time_s").value_or(0.0);
  return fmt::format(", {} {} than the {} estimated when it was sent there", span_text(std::abs(late)),
                     late > 0.0 ? "longer" : "less", span_text(*expected - submitted));
}

std::string ending(const JobStory& story) {
  const std::string& outcome = story.field("outcome");
  const double ran = story.number("runtime_s").value_or(0.0);
  const auto end = story.number("end_time_s");
  const std::string when = end ? " at " + time_text(story, *end) : "";
  const bool was_stopped =
      story.number("preemptions").value_or(0.0) + story.number("interruptions").value_or(0.0) > 0.0;
  const std::string ran_for = span_text(ran) + (was_stopped ? " in all" : "");
  if (outcome == "completed") return fmt::format("It ran for {} and completed{}.", ran_for, when);
  if (outcome == "failed") return fmt::format("It ran for {} and failed by a fault of its own{}.", ran_for, when);
  if (outcome == "cancelled") return fmt::format("It ran for {}; its user cancelled it{}.", ran_for, when);
  if (outcome == "running") return "At the end of the run it was still running.";
  const double limit = story.number("walltime_s").value_or(0.0) / story.speed();
  return fmt::format("It ran for {} and was stopped{}: {}.", ran_for, when,
                     ran + 1.0 < limit   ? "its site went offline"
                     : ran < limit + 1.0 ? "it had reached the time that it asked for"
                                         : "it had reached the time that it asked for, with what its checkpoints and "
                                           "failures were foreseen to cost");
}

/// How often it did not run to its end.
void tell_stops(const JobStory& story, std::vector<std::string>& out) {
  const auto preemptions = static_cast<std::int64_t>(story.number("preemptions").value_or(0.0));
  const auto interruptions = static_cast<std::int64_t>(story.number("interruptions").value_or(0.0));
  if (preemptions > 0) out.push_back(fmt::format("It was preempted {}.", humane::count(preemptions, "time")));
  if (interruptions > 0) {
    out.push_back(fmt::format("Failures stopped it {}.", humane::count(interruptions, "time")));
  }
}

double hours_asked(const JobStory& story) {
  constexpr double kSecondsOfHour = 3600.0;
  return story.number("accelerators").value_or(0.0) * story.number("walltime_s").value_or(0.0) / kSecondsOfHour;
}

std::string refusal(const JobStory& story) {
  const std::string& reason = story.field("refusal_reason");
  const Json* asked = story.needs();
  const auto term = [&](std::string_view name) { return asked == nullptr ? std::nullopt : number_at(*asked, name); };
  if (reason == metrics::kOverBudget) {
    const auto budget = term("project_budget_accelerator_hours");
    return fmt::format("It was refused: its request of {} accelerator-hours is more than what its project had left{}.",
                       humane::number(hours_asked(story)),
                       budget ? fmt::format(" of a budget of {}", humane::number(*budget)) : "");
  }
  if (reason == metrics::kAllocationOver) {
    const auto allocation = term("project_allocation_s");
    return fmt::format("It was refused: the allocation of its project had ended{}.",
                       allocation ? fmt::format(", {} after the project came on board", span_text(*allocation)) : "");
  }
  if (reason == metrics::kNotOpenToUser) {
    return fmt::format("It was refused: the access class {} is not for users of its type.",
                       story.field("access_class"));
  }
  if (reason == metrics::kPredecessorFailed) {
    return "It was refused: the job that it comes after did not finish its work.";
  }
  return fmt::format("It was refused: no partition could take it then or later{}{}.", reason.empty() ? "" : ": ",
                     reason);
}

void tell_outcome(const JobStory& story, std::vector<std::string>& out) {
  const std::string& outcome = story.field("outcome");
  const double submitted = story.number("submit_time_s").value_or(0.0);
  if (outcome == "refused") {
    out.push_back(refusal(story));
  } else if (outcome == "left") {
    const double left = story.number("end_time_s").value_or(submitted);
    out.push_back(
        fmt::format("It left after {} without having started: its patience was over.", span_text(left - submitted)));
  } else if (const auto start = story.number("start_time_s")) {
    const std::string waited = *start == submitted ? "started at once" : "waited " + span_text(*start - submitted);
    out.push_back(fmt::format("It {}{}.", waited, against_estimate(story, *start)));
    tell_stops(story, out);
    out.push_back(ending(story));
  } else {
    out.emplace_back("At the end of the run it was still waiting.");
  }
}

}  // namespace

std::vector<std::string> sentences_of(const JobStory& story) {
  std::vector<std::string> sentences{submission(story), request(story)};
  tell_partitions(story, sentences);
  tell_choice(story, sentences);
  tell_outcome(story, sentences);
  return sentences;
}

std::string explain_text(const std::filesystem::path& result, std::string_view job) {
  std::string text;
  for (const std::string& sentence : sentences_of(read_job_story(result, job))) text += sentence + "\n";
  return text;
}

}  // namespace gigasim::report
