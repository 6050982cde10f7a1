#include "ai_section.hpp"

#include <fmt/format.h>

#include <cstddef>

#include "evidence_words.hpp"
#include "figures.hpp"
#include "gigasim/report/humane.hpp"
#include "gigasim/report/report.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::report {
namespace {

struct NamedPlace {
  const scenario::Site* site = nullptr;
  const scenario::Partition* partition = nullptr;
};

NamedPlace place_at(const scenario::Scenario& scenario, std::int32_t position) {
  std::int32_t left = position;
  for (const scenario::Site& site : scenario.sites) {
    const auto here = static_cast<std::int32_t>(site.partitions.size());
    if (left < here) return {&site, &site.partitions[static_cast<std::size_t>(left)]};
    left -= here;
  }
  return {};
}

std::string_view task_of(const scenario::AiWork& work) {
  return work.task ? models::ai_task_word(*work.task) : std::string_view{"flop"};
}

double mfu_of(const scenario::AiWork& work, const scenario::WorkRate& rate) {
  return rate.peak > 0.0 ? rate.per_second * work.flop_per_unit / rate.peak : 0.0;
}

Cell done(const metrics::Results& results, std::size_t stream, const scenario::AiWork& work) {
  if (stream >= results.streams.size()) return {"-"};
  const metrics::AiFigures& figures = results.streams[stream].ai;
  if (!work.task) return {humane::quantity(figures.model_flop.value_or(0.0), "FLOP")};
  return {humane::quantity(figures.tokens[static_cast<std::size_t>(*work.task)].value_or(0.0), "tokens")};
}

std::string sizes_text(const scenario::AiWork& work) {
  const std::string first = units::grouped(work.sizes.front().accelerators);
  return work.sizes.size() == 1 ? first
                                : fmt::format("{} to {}", first, units::grouped(work.sizes.back().accelerators));
}

Json size_json(const scenario::Scenario& scenario, const scenario::AiWork& work, const scenario::SizedWork& size) {
  const scenario::WorkRate& rate = size.partition[static_cast<std::size_t>(size.reference)];
  const NamedPlace place = place_at(scenario, size.reference);
  Json json = {{"accelerators", size.accelerators}};
  json["reference_site"] = place.site->name;
  json["reference_partition"] = place.partition->name;
  json[work.task ? "tokens_per_second" : "flop_per_second"] = json_number(rate.per_second);
  json["mfu"] = json_number(mfu_of(work, rate));
  return json;
}

}  // namespace

Section ai_section(const metrics::Results& results) {
  Section section{"AI work", {}, {}};
  const auto& streams = results.scenario.workload.streams;
  for (std::size_t s = 0; s < streams.size(); ++s) {
    const auto& work = streams[s].work;
    if (!work) continue;
    const scenario::SizedWork& size = work->sizes.back();
    const scenario::WorkRate& rate = size.partition[static_cast<std::size_t>(size.reference)];
    const char* unit = work->task ? "tokens/s" : "FLOP/s";
    section.table.rows.push_back({{streams[s].name},
                                  {std::string{task_of(*work)}},
                                  {work->ai_model.empty() ? "-" : work->ai_model},
                                  {sizes_text(*work)},
                                  {humane::quantity(rate.per_second, unit)},
                                  {humane::percent(mfu_of(*work, rate))},
                                  {work->task ? time_range_text(work->time_low, work->time_high) : "-"},
                                  done(results, s, *work)});
  }
  if (section.table.rows.empty()) return section;
  section.table.columns = {{"stream", false, 0},       {"task", false, 1},     {"AI model", false, 1},
                           {"accelerators", true, 2},  {"predicted", true, 3}, {"MFU", true, 4},
                           {"time known to", true, 1}, {"done", true, 0}};
  const auto text = [&](const char* metric, const char* unit) {
    return humane::figure(figure_of(results.network, metric), unit);
  };
  if (results.network.ai.tokens_trained) {
    section.lines.push_back({fmt::format("Trained: {}, {} finished runs in 30 days.", text("tokens_trained", "tokens"),
                                         text("training_runs_per_month", ""))});
  }
  const auto mfu = results.network.ai.mfu;
  for (std::size_t s = 0; s < streams.size(); ++s) {
    if (!streams[s].work || streams[s].work->unmeasured.empty()) continue;
    section.lines.push_back({unmeasured_sentence(streams[s].name, streams[s].work->trains() ? "training" : "serving",
                                                 streams[s].work->unmeasured)});
  }
  section.lines.push_back({fmt::format("Model FLOP: {}, at a utilisation (MFU) of {}.", text("model_flop", "FLOP"),
                                       mfu ? humane::percent(*mfu) : "-")});
  return section;
}

Json ai_work_json(const scenario::Scenario& scenario) {
  Json array = Json::array();
  for (const scenario::Stream& stream : scenario.workload.streams) {
    if (!stream.work) continue;
    const scenario::AiWork& work = *stream.work;
    Json json = {{"stream", stream.name}, {"task", task_of(work)}};
    json["ai_model"] = work.ai_model.empty() ? Json(nullptr) : Json(work.ai_model);
    json["model_flop_per_token"] = work.task ? json_number(work.flop_per_unit) : Json(nullptr);
    json["predicted_time_low"] = work.task ? json_number(work.time_low) : Json(nullptr);
    json["predicted_time_high"] = work.task ? json_number(work.time_high) : Json(nullptr);
    json["accelerators_without_measurement"] = work.unmeasured;
    Json& sizes = json["sizes"] = Json::array();
    for (const scenario::SizedWork& size : work.sizes) sizes.push_back(size_json(scenario, work, size));
    array.push_back(std::move(json));
  }
  return array;
}

}  // namespace gigasim::report
