#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "block_measures.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

constexpr std::string_view kCauses = "network.reliability.by_cause";

constexpr std::array kReliabilityMeasures{
    BlockMeasure{"interruptions", "reliability.interruptions", plain_number},
    BlockMeasure{"goodput", "reliability.goodput", humane::percent},
    BlockMeasure{"lost", "reliability.lost_accelerator_hours", plain_number},
    BlockMeasure{"restarts", "reliability.restart_accelerator_hours", plain_number},
    BlockMeasure{"loading", "reliability.load_accelerator_hours", plain_number},
    BlockMeasure{"checkpoints", "reliability.checkpoint_accelerator_hours", plain_number},
    BlockMeasure{"nodes in repair", "reliability.repair_accelerator_hours", plain_number}};

constexpr std::array kCauseMeasures{BlockMeasure{"interruptions", "interruptions", plain_number},
                                    BlockMeasure{"accelerator-hours lost", "lost_accelerator_hours", plain_number}};

bool knows_failures(const Json& block) {
  return number_at(block, "reliability.interruptions").has_value();
}

std::string reliability_sentences(const Json& results) {
  const Json* network = value_at(results, "network");
  if (network == nullptr || !knows_failures(*network)) return {};
  const auto hours = [&](std::string_view what) {
    return number_at(*network, fmt::format("reliability.{}_accelerator_hours", what)).value_or(0.0);
  };
  const double interruptions = number_at(*network, "reliability.interruptions").value_or(0.0);
  std::string text =
      interruptions > 0.0
          ? fmt::format("Failures stopped running jobs and replicas {} {} and undid {} accelerator-hours of work.",
                        humane::number(interruptions), interruptions == 1.0 ? "time" : "times",
                        large_number(hours("lost")))
          : std::string{"No failure stopped a job."};
  text += fmt::format(
      " Restarts and loading took {} accelerator-hours, checkpoints {}; nodes in repair kept {} from all use.",
      large_number(hours("restart") + hours("load")), large_number(hours("checkpoint")), large_number(hours("repair")));
  if (const auto goodput = number_at(*network, "reliability.goodput")) {
    text += fmt::format(" Goodput was {}: that share of the accelerator-hours delivered was work that counts.",
                        humane::percent(*goodput));
  }
  return text;
}

/// Causes in the order of the first result that names them; those that stopped nothing anywhere are left out.
std::vector<MeasuredRow> cause_rows(const Results& results) {
  std::vector<std::string> causes;
  for (const Result& result : results) {
    const Json* by_cause = value_at(result.results, kCauses);
    if (by_cause == nullptr || !by_cause->is_object()) continue;
    for (const auto& [cause, figures] : by_cause->items()) {
      const bool known = std::find(causes.begin(), causes.end(), cause) != causes.end();
      if (!known && number_at(figures, "interruptions").value_or(0.0) > 0.0) causes.push_back(cause);
    }
  }
  std::vector<MeasuredRow> rows;
  for (const std::string& cause : causes) {
    for (const Result& result : results) {
      const Json* figures = value_at(result.results, fmt::format("{}.{}", kCauses, cause));
      if (figures != nullptr) rows.push_back({{{humane::words(cause)}}, &result, figures});
    }
  }
  return rows;
}

}  // namespace

std::string reliability_part(const Results& results) {
  const std::string sentences = told(results, reliability_sentences);
  if (sentences.empty()) return {};
  const bool several = results.size() > 1;
  std::vector<MeasuredRow> rows = rows_of_array(results, "sites");
  if (rows.size() > results.size()) {
    for (MeasuredRow& row : rows_of_network(results, "all sites")) rows.push_back(std::move(row));
  }
  std::erase_if(rows, [](const MeasuredRow& row) { return row.block == nullptr || !knows_failures(*row.block); });
  std::string out = sentences;
  const std::vector<MeasuredRow> causes = cause_rows(results);
  if (!causes.empty()) {
    out += table(measure_table({{"cause", false, 0}}, causes, kCauseMeasures, several), "What stopped jobs");
  }
  out += table(measure_table({{"site", false, 0}}, rows, kReliabilityMeasures, several),
               "What failures and checkpoints cost, in accelerator-hours");
  std::vector<MeasuredRow> streams = rows_of_array(results, "streams");
  std::erase_if(streams, [](const MeasuredRow& row) { return row.block == nullptr || !knows_failures(*row.block); });
  // Nodes in repair are no stream's.
  return out + table(measure_table({{"stream", false, 0}}, streams,
                                   std::span{kReliabilityMeasures}.first<kReliabilityMeasures.size() - 1>(), several),
                     "What they cost the streams, in accelerator-hours");
}

}  // namespace gigasim::report::html
