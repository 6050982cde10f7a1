#include "gigasim/report/explain.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "decisions_csv.hpp"
#include "gigasim/report/report.hpp"
#include "job_story.hpp"
#include "jobs_csv.hpp"
#include "sample_results.hpp"
#include "scratch.hpp"

using namespace gigasim;
using metrics::Exclusion;
using sample::Scratch;

namespace {

/// The sample's jobs with what a broker decided. Partitions: athens/gpu, Jülich/booster, Jülich/"old, spare".
metrics::Results decided() {
  auto results = sample::results();
  results.scenario.scheduling.broker = "earliest_start";
  results.exclusions = {{Exclusion::kNone, Exclusion::kNone, Exclusion::kMemory},
                        {Exclusion::kEligibility, Exclusion::kOffline, Exclusion::kSize}};
  scenario::Stream& research = results.scenario.workload.streams[0];
  research.needs.memory = units::Bytes{80e9};
  research.residency = scenario::Residency::kEu;
  metrics::Decision& first = results.jobs[0].decision;
  first.exclusions = 0;
  first.why = metrics::Why::kEarliest;
  first.at = results.jobs[0].submit;
  first.expected_start = units::Seconds{7200};
  first.score = 7200.0 / 86400;
  first.next = {1, 0};
  first.next_score = 0.25;
  metrics::Decision& last = results.jobs[3].decision;
  last.exclusions = 1;
  last.at = results.jobs[3].submit;
  return results;
}

std::string problem_of(const std::filesystem::path& folder, const std::string& job) {
  try {
    static_cast<void>(report::explain_text(folder, job));
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

void write(const std::filesystem::path& folder, const metrics::Results& results) {
  report::write_folder(folder, results, sample::loaded(), "3.32.0", "");
}

}  // namespace

TEST_CASE("decisions.csv says once what stood in the way, by verdict", "[report][csv][explain]") {
  CHECK(report::decisions_csv(decided()) ==
        "decision,verdict,partitions\n"
        "0,able,athens/gpu;Jülich/booster\n"
        "0,memory,\"Jülich/old, spare\"\n"
        "1,not_eligible,athens/gpu\n"
        "1,offline,Jülich/booster\n"
        "1,too_large,\"Jülich/old, spare\"\n");
}

TEST_CASE("jobs.csv refers to the decision, and says what was compared", "[report][csv][explain]") {
  const auto results = decided();
  std::string row;
  report::append_decision(row, results.jobs[0], results.scenario);
  CHECK(row == ",0,earliest_start,,7200,0.08333333333333333,Jülich,booster,0.25,");
  row.clear();
  auto moved = results.jobs[0];
  moved.moves = 2;
  moved.decision.at = units::Seconds{600};
  moved.decision.next = {};
  moved.decision.next_score.reset();
  report::append_decision(row, moved, results.scenario);
  CHECK(row == ",0,earliest_start,600,7200,0.08333333333333333,,,,2");
}

TEST_CASE("the story of a job says who asked for what, where it could go and why it went where it did",
          "[report][explain]") {
  const Scratch scratch;
  write(scratch / "out", decided());
  // The sample's period starts at 2028-01-01; the job is submitted at 0, starts after 60 s and runs for 1800 s.
  CHECK(report::explain_text(scratch / "out", "research-1") ==
        "Job research-1 of stream research (access class aif_fast_lane; sector=health;user_type=sme) was submitted at "
        "2028-01-01T00:00:00Z by a user in GR.\n"
        "It asked for 8 accelerators for up to 60.0 min, with at least 80 GB of memory each; its data may be processed "
        "in the EU only.\n"
        "1 of the 3 partitions could not take it:\n"
        "  too little memory per accelerator: Jülich/old, spare\n"
        "It could go to: athens/gpu, Jülich/booster.\n"
        "The broker (earliest_start) sent it to athens/gpu: the earliest estimated start (estimated wait 2.0 h; the "
        "next best was Jülich/booster, estimated wait 6.0 h).\n"
        "It waited 60.0 s, 1.98 h less than the 2.0 h estimated when it was sent there.\n"
        "It ran for 30.0 min and completed at 2028-01-01T00:31:00Z.\n");
  CHECK(report::explain_text(scratch / "out", "research-3") ==
        "Job research-3 of stream research (access class aif_fast_lane; sector=health;user_type=sme) was submitted at "
        "2028-01-02T03:46:42Z, from where is not known.\n"
        "It asked for 8 accelerators for up to 60.0 min, with at least 80 GB of memory each; its data may be processed "
        "in the EU only.\n"
        "None of the 3 partitions could take it:\n"
        "  not open to users of its country: athens/gpu\n"
        "  not online: Jülich/booster\n"
        "  the job is larger than what is online there: Jülich/old, spare\n"
        "It was refused: no partition could take it then or later: larger than any partition.\n");
}

TEST_CASE("the story as JSON holds the row, the partitions by verdict and the sentences", "[report][explain]") {
  const Scratch scratch;
  write(scratch / "out", decided());
  const auto parsed = nlohmann::json::parse(report::explain_json(scratch / "out", "research-1"));
  CHECK(parsed["job"]["job_id"] == "research-1");
  CHECK(parsed["job"]["accelerators"] == 8);
  CHECK(parsed["job"]["expected_start_time_s"] == 7200);
  CHECK(parsed["job"]["moves"] == nullptr);
  CHECK(parsed["broker"] == "earliest_start");
  CHECK(parsed["partitions"]["able"] == nlohmann::json::parse(R"(["athens/gpu", "Jülich/booster"])"));
  CHECK(parsed["partitions"]["memory"] == nlohmann::json::parse(R"(["Jülich/old, spare"])"));
  CHECK(parsed["sentences"].size() == 8);
  // A number that a log gave its job stays a text.
  CHECK(nlohmann::json::parse(report::explain_json(scratch / "out", "17"))["job"]["job_id"] == "17");
}

TEST_CASE("a job that is not there is told with the nearest one that is", "[report][explain]") {
  const Scratch scratch;
  write(scratch / "out", decided());
  const std::string file = (scratch / "out" / "jobs.csv").string();
  CHECK(problem_of(scratch / "out", "reserch-1") ==
        file + ": no job \"reserch-1\" among 4 (did you mean \"research-1\"?)");
  CHECK(problem_of(scratch / "out", "completely else") == file + ": no job \"completely else\" among 4");
}

TEST_CASE("what is no whole result folder is told in one line", "[report][explain]") {
  const Scratch scratch;
  CHECK(problem_of(scratch / "none", "a-1") == (scratch / "none").string() + ": no such file or folder");
  write(scratch / "out", decided());
  std::filesystem::remove(scratch / "out" / "decisions.csv");
  CHECK(problem_of(scratch / "out", "research-1") ==
        (scratch / "out" / "decisions.csv").string() +
            ": no such file: the result folder is of an earlier gigasim, or not whole");
}

TEST_CASE("CSV fields may be quoted and hold commas and quotes", "[report][explain]") {
  CHECK(report::csv_fields(R"(a,"b, ""c""",,d)") == std::vector<std::string>{"a", R"(b, "c")", "", "d"});
  CHECK(report::csv_fields("") == std::vector<std::string>{""});
}

TEST_CASE("the story of a job says what stopped it, and how long it ran in all", "[report][explain]") {
  const Scratch scratch;
  auto results = decided();
  results.scenario.failures.emplace();
  results.jobs[0].interruptions = 2;
  results.jobs[0].preemptions = 1;
  results.jobs[0].ran_before = units::Seconds{600};
  results.stopped_runs = {{0, {0, 0}, 8, 8, units::Seconds{60}, units::Seconds{660}, metrics::StoppedBy::kFailure}};
  write(scratch / "out", results);
  const std::string text = report::explain_text(scratch / "out", "research-1");
  CHECK(
      text.ends_with("It was preempted 1 time.\n"
                     "Failures stopped it 2 times.\n"
                     "It ran for 40.0 min in all and completed at 2028-01-01T00:31:00Z.\n"));
  const std::string runs = report::stopped_runs_csv(results);
  CHECK(runs ==
        "job_id,stream,access_class,labels,origin,site,partition,accelerators,start_time_s,end_time_s,stopped_by\n"
        "research-1,research,aif_fast_lane,sector=health;user_type=sme,GR,athens,gpu,8,60,660,failure\n");
  CHECK(std::filesystem::exists(scratch / "out" / "stopped_runs.csv"));
}

TEST_CASE("the story of a refused job tells the true reason, with the numbers that are known", "[report][explain]") {
  const auto last_sentence = [](std::string_view reason, bool with_terms) {
    const Scratch scratch;
    auto results = sample::results();
    results.refusal_reasons = {std::string{reason}};
    auto& projects = results.scenario.workload.streams[0].projects.emplace();
    if (with_terms) {
      projects.budget_accelerator_hours = 20.0;
      projects.allocation = units::Seconds{90.0 * 86400.0};
    }
    write(scratch / "out", results);
    const std::string text = report::explain_text(scratch / "out", "research-3");
    CHECK(text.find("partition") == std::string::npos);
    return text.substr(text.rfind("It was refused"));
  };
  // 8 accelerators for an hour
  CHECK(last_sentence(metrics::kOverBudget, true) ==
        "It was refused: its request of 8 accelerator-hours is more than what its project had left of a budget of "
        "20.\n");
  CHECK(last_sentence(metrics::kOverBudget, false) ==
        "It was refused: its request of 8 accelerator-hours is more than what its project had left.\n");
  CHECK(last_sentence(metrics::kAllocationOver, true) ==
        "It was refused: the allocation of its project had ended, 90.0 d after the project came on board.\n");
  CHECK(last_sentence(metrics::kNotOpenToUser, true) ==
        "It was refused: the access class aif_fast_lane is not for users of its type.\n");
  CHECK(last_sentence(metrics::kPredecessorFailed, true) ==
        "It was refused: the job that it comes after did not finish its work.\n");
}

TEST_CASE("the story of a weighted choice says what its score is and what of it is waiting", "[report][explain]") {
  // Half a day of waiting at a weight of 2 is 1.00, 500 km at a weight of 1 are 0.50.
  const auto told = [](metrics::Why why) {
    const Scratch scratch;
    auto results = decided();
    results.scenario.scheduling.broker = "weighted";
    results.scenario.scheduling.weights = {.queue = 2.0, .distance = 1.0};
    metrics::Decision& decision = results.jobs[0].decision;
    decision.why = why;
    decision.expected_start = units::Seconds{43200};
    decision.score = 1.5;
    decision.next_score = 2.25;
    if (why == metrics::Why::kOnlyOne) {
      decision.next = {};
      decision.next_score.reset();
    }
    write(scratch / "out", results);
    return report::explain_text(scratch / "out", "research-1");
  };
  const std::string parts =
      "The score has no unit, and lower is better: 1 are for the estimated wait of 12.0 h, 0.500 for distance, "
      "carbon and price as weighted.\n";
  CHECK_THAT(told(metrics::Why::kScore),
             Catch::Contains("sent it to athens/gpu: the lowest score (score 1.50; the next best was Jülich/booster, "
                             "score 2.25).\n" +
                             parts));
  CHECK_THAT(told(metrics::Why::kOnlyOne), Catch::Contains("no other could take it (score 1.50).\n" + parts));
}
