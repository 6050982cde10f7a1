#include <memory>
#include <stdexcept>

#include "commands.hpp"
#include "gigasim/report/explain.hpp"
#include "gigasim/scenario/load.hpp"

namespace gigasim::cli {
namespace {

struct Question {
  std::string result, job;
  std::string format = "text";
};

std::string read_story(const Question& question) {
  try {
    return question.format == "json" ? report::explain_json(question.result, question.job)
                                     : report::explain_text(question.result, question.job);
  } catch (const std::runtime_error& error) {
    throw scenario::ScenarioError({error.what()});
  }
}

ExitCode answer(const Question& question) {
  print(read_story(question));
  return ExitCode::kSuccess;
}

}  // namespace

void add_explain_command(CLI::App& app, const GlobalOptions& /*options*/, Action& action) {
  auto* command = app.add_subcommand(
      "explain", "say why a job went where it did: who could take it, what was chosen, how it ended");
  auto question = std::make_shared<Question>();
  command->add_option("RESULT", question->result, "result folder")->required();
  command->add_option("JOB", question->job, "as in the column job_id of jobs.csv")->required();
  command->add_option("--format", question->format, "what goes to stdout")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([=, &action] { action = [=] { return answer(*question); }; });
}

}  // namespace gigasim::cli
