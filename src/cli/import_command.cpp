#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "commands.hpp"
#include "declare.hpp"
#include "gigasim/report/files.hpp"
#include "gigasim/report/import_report.hpp"
#include "gigasim/units/text.hpp"
#include "gigasim/workload/import.hpp"

namespace gigasim::cli {
namespace {

struct ImportCommand {
  std::string log_format, log, output, format = "table";
  double per_processor = 0.0, flop_per_second = 0.0;
  std::int64_t per_node = 0;
  std::string columns, delimiter;
  std::vector<std::string> shares;
  bool strict = false;
};

/// "TYPE=FACTOR" as CLI11 has checked it.
std::map<std::string, double> shares_in(const std::vector<std::string>& words) {
  std::map<std::string, double> shares;
  for (const std::string& word : words) {
    const std::size_t equals = word.rfind('=');
    shares[word.substr(0, equals)] = *units::parse_number(word.substr(equals + 1));
  }
  return shares;
}

/// Complains of what is not TYPE=FACTOR with a factor above 0 and at most 1.
std::string check_share(const std::string& word) {
  const std::size_t equals = word.rfind('=');
  const auto factor = equals == std::string::npos ? std::nullopt : units::parse_number(word.substr(equals + 1));
  if (equals != 0 && factor && *factor > 0.0 && *factor <= 1.0) return "";
  return fmt::format("must be TYPE=FACTOR with a factor above 0 and at most 1, such as shard=0.25, got \"{}\"", word);
}

std::string check_delimiter(const std::string& word) {
  const bool bad = word.empty() || word.find_first_of("\r\n") != std::string::npos;
  return bad ? "must not be empty or hold a line end" : "";
}

ExitCode import_log(const ImportCommand& command) {
  report::refuse_to_overwrite(command.output, {{command.log}});
  workload::ImportOptions options;
  if (command.per_processor > 0.0) options.accelerators_per_processor = command.per_processor;
  if (command.per_node > 0) options.accelerators_per_node = command.per_node;
  if (command.flop_per_second > 0.0) options.flop_per_second = command.flop_per_second;
  options.columns = command.columns;
  options.delimiter = command.delimiter;
  options.gpu_shares = shares_in(command.shares);
  options.strict = command.strict;
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
  command->add_option("LOG", import->log, "the log, also .gz; - is standard input")->required();
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
  command->add_option("--columns", import->columns,
                      "sacct: names of the columns, comma separated, of a file without a heading (--noheader)");
  command
      ->add_option("--delimiter", import->delimiter,
                   "sacct: what stands between cells, as sacct --delimiter had it [|]")
      ->check(check_delimiter);
  command
      ->add_option("--gpu-share", import->shares,
                   "sacct: TYPE=FACTOR, the share of a whole GPU that one of a type is (shard=0.25); may be repeated. "
                   "MIG slices are known by their names: 3g.20gb is 3/7")
      ->check(check_share);
  command->add_flag("--strict", import->strict, "a row that cannot be read refuses the log, with its place");
  command->add_option("--format", import->format, "how the account of the import goes to stdout")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->callback([=, &action] { action = [=] { return import_log(*import); }; });
}

}  // namespace gigasim::cli
