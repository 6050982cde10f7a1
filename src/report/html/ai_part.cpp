#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "block_measures.hpp"
#include "evidence_words.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

constexpr std::string_view kGoodput = "reliability.goodput";

constexpr std::array kWorkMeasures{BlockMeasure{"tokens trained", "ai.tokens_trained", token_number},
                                   BlockMeasure{"tokens of evaluation", "ai.tokens.evaluation", token_number},
                                   BlockMeasure{"tokens of batch inference", "ai.tokens.batch_inference", token_number},
                                   BlockMeasure{"model FLOP", "ai.model_flop", flop_number},
                                   BlockMeasure{"MFU", "ai.mfu", humane::percent},
                                   BlockMeasure{"goodput", kGoodput, humane::percent},
                                   BlockMeasure{"runs finished in 30 d", "ai.training_runs_per_month", plain_number}};

bool has_work(const Json& results) {
  return number_at(results, "network.ai.model_flop").has_value();
}

/// The streams whose predicted times no measurement stands behind.
std::string unmeasured_sentences(const Json& results) {
  std::string text;
  for (const Json& work : list_at(results, "ai_work")) {
    const auto accelerators = list_at(work, "accelerators_without_measurement").get<std::vector<std::string>>();
    if (accelerators.empty()) continue;
    const std::string task = string_at(work, "task");
    const bool serves = task == "evaluation" || task == "batch_inference";
    text += " " + unmeasured_sentence(string_at(work, "stream"), serves ? "serving" : "training", accelerators);
  }
  return text;
}

std::string ai_sentences(const Json& results) {
  if (!has_work(results)) return {};
  std::string text;
  if (const auto tokens = number_at(results, "network.ai.tokens_trained")) {
    text += fmt::format("Jobs trained {}. ", token_number(*tokens));
  }
  text += fmt::format("The models took {} for the work of the results period",
                      flop_number(number_at(results, "network.ai.model_flop").value_or(0.0)));
  if (const auto mfu = number_at(results, "network.ai.mfu")) {
    text += fmt::format(", {} of the peak of the accelerators that the jobs held (MFU)", humane::percent(*mfu));
  }
  text += "." + unmeasured_sentences(results);
  if (const auto runs = number_at(results, "network.ai.training_runs_per_month")) {
    text += fmt::format(" Training runs finished at a rate of {} in 30 days.", humane::number(*runs));
  }
  if (const auto goodput = number_at(results, std::string{"network."}.append(kGoodput))) {
    text += fmt::format(" Of all accelerator-hours delivered, {} were work that counts (goodput).",
                        humane::percent(*goodput));
  }
  return text;
}

std::string sizes_words(const Json& work) {
  const Json& sizes = list_at(work, "sizes");
  if (sizes.empty()) return "–";
  const auto number = [](const Json& size) { return humane::number(number_at(size, "accelerators").value_or(0.0)); };
  return sizes.size() == 1 ? number(sizes.front())
                           : fmt::format("{} to {}", number(sizes.front()), number(sizes.back()));
}

std::string error_words(const Json& work) {
  const auto low = number_at(work, "predicted_time_low");
  const auto high = number_at(work, "predicted_time_high");
  return low && high ? time_range_text(*low, *high) : "–";
}

/// The streams of AI work: what they are, beside what they did.
std::string stream_table(const Results& results) {
  std::vector<MeasuredRow> rows;
  for (const Result& result : results) {
    for (const Json& work : list_at(result.results, "ai_work")) {
      const std::string stream = string_at(work, "stream");
      rows.push_back({{{stream},
                       {humane::words(string_at(work, "task"))},
                       {or_dash(string_at(work, "ai_model"))},
                       {sizes_words(work)},
                       {error_words(work)}},
                      &result,
                      block_named(result, "streams", stream)});
    }
  }
  return table(measure_table({{"stream", false, 0},
                              {"task", false, 0},
                              {"AI model", false, 0},
                              {"accelerators", true, 0},
                              {"time known to", true, 0}},
                             rows, kWorkMeasures, results.size() > 1),
               "AI work by stream");
}

}  // namespace

std::string ai_part(const Results& results) {
  if (std::none_of(results.begin(), results.end(), [](const Result& r) { return has_work(r.results); })) return {};
  std::vector<MeasuredRow> sites = rows_of_array(results, "sites");
  std::erase_if(sites, [](const MeasuredRow& row) { return !number_at(*row.block, "ai.model_flop"); });
  std::string out = told(results, ai_sentences) + stream_table(results);
  if (sites.empty()) return out;
  return out + table(measure_table({{"site", false, 0}}, sites, kWorkMeasures, results.size() > 1), "AI work by site");
}

}  // namespace gigasim::report::html
