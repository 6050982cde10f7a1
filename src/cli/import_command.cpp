#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "commands.hpp"
#include "declare.hpp"
#include "gigasim/report/files.hpp"
#include "gigasim/report/import_report.hpp"
#include "gigasim/workload/import.hpp"

namespace gigasim::cli {
namespace {

struct ImportCommand {
  std::string log_format, log, output, format = "table";
  double per_processor = 0.0, flop_per_second = 0.0;
  std::int64_t per_node = 0;
};

ExitCode import_log(const ImportCommand& command) {
  workload::ImportOptions options;
  if (command.per_processor > 0.0) options.accelerators_per_processor = command.per_processor;
  if (command.per_node > 0) options.accelerators_per_node = command.per_node;
  if (command.flop_per_second > 0.0) options.flop_per_second = command.flop_per_second;
  const workload::NeutralTable table = workload::convert_log(command.log_format, command.log, options);
  report::replace_file(command.output, table.csv);
  print(report::import_report(table.report, command.format == "json" ? report::Format::kJson : report::Format::kTable));
  for (const std::string& warning : table.report.warnings) spdlog::warn("{}", warning);
  spdlog::info("the jobs are in {}", command.output);
  return ExitCode::kSuccess;
}

}  // namespace

void add_import_command(CLI::App& app, const GlobalOptions& /*options*/, Action& action) {
  auto* command =
      app.add_subcommand("import", "convert a job log of another program to a neutral table of jobs, to replay");
  auto import = std::make_shared<ImportCommand>();
  command->add_option("FORMAT", import->log_format, "what wrote the log")
      ->required()
      ->check(CLI::IsMember(workload::import_formats()));
  command->add_option("LOG", import->log, "the log, also .gz")->required();
  command->add_option("-o,--output", import->output, "the table of jobs to write")->required()->type_name("FILE");
  command
      ->add_option("--accelerators-per-processor", import->per_processor,
                   "accelerators that stand for one processor, host or CPU of the log [swf, batsim: 1; sacct, acme: "
                   "jobs without accelerators are dropped]")
      ->check(positive_number());
  command
      ->add_option("--accelerators-per-node", import->per_node,
                   "sacct: accelerators that stand for one node of a job without accelerators")
      ->check(positive_number());
  command
      ->add_option("--flop-per-second", import->flop_per_second,
                   "batsim: speed of a host in FLOP/s, for jobs given by their work")
      ->check(positive_number());
  command->add_option("--format", import->format, "how the account of the import goes to stdout")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->callback([=, &action] { action = [=] { return import_log(*import); }; });
}

}  // namespace gigasim::cli
