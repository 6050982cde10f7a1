#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "gigasim/report/cost.hpp"
#include "gigasim/units/calendar.hpp"
#include "result_file.hpp"

namespace gigasim::report {
namespace {

/// Reads what the cost model needs from one results.json.
class CostReader {
 public:
  CostReader(std::filesystem::path file, const Json& json) : file_(std::move(file)), json_(json) {
    const auto begin = units::parse_date(string_at(json, "period.results_begin"));
    if (!begin) fail_reading(file_, "period.results_begin is not a date");
    begin_ = begin->best;
    seconds_ = required(json, "period.results_end_s") - required(json, "period.results_begin_s");
    if (seconds_ <= 0.0) fail_reading(file_, "the results period is empty: it cannot be scaled to a year");
  }

  [[nodiscard]] double days() const { return seconds_ / kSecondsPerDay; }

  [[nodiscard]] cost::Facts facts() const {
    const Json* sites = value_at(json_, "platform.sites");
    if (sites == nullptr || !sites->is_array()) {
      fail_reading(file_, "has no platform.sites: an earlier gigasim wrote it, run the scenario again");
    }
    cost::Facts facts;
    for (const Json& one : *sites) facts.sites.push_back(site(one));
    for (const Json& block : array(json_, "access_classes")) {
      facts.access_classes.push_back({string_at(block, "name"), number(block, "h100_equivalent_hours").value_or(0.0)});
    }
    return facts;
  }

  [[nodiscard]] cost::Overrides overrides(const Json& where) const {
    cost::Overrides overrides;
    for (const Json& value : array(where, "cost")) {
      overrides[string_at(value, "parameter")] = {required(value, "best"), required(value, "low"),
                                                  required(value, "high")};
    }
    return overrides;
  }

 private:
  static constexpr double kSecondsPerHour = 3600.0;
  static constexpr double kSecondsPerDay = 86400.0;

  [[nodiscard]] static const Json& array(const Json& json, std::string_view key) {
    static const Json kNone = Json::array();
    const Json* found = value_at(json, key);
    return found != nullptr && found->is_array() ? *found : kNone;
  }

  [[nodiscard]] static std::optional<double> number(const Json& json, std::string_view path) {
    const Json* value = value_at(json, path);
    return value != nullptr && value->is_number() ? std::optional{value->get<double>()} : std::nullopt;
  }

  [[nodiscard]] double required(const Json& json, std::string_view path) const {
    const auto value = number(json, path);
    if (!value) fail_reading(file_, fmt::format("{} of \"{}\" is not a number", path, string_at(json, "name")));
    return *value;
  }

  /// A step of a partition, its date as a fraction of the results period; null is always.
  [[nodiscard]] cost::OnlineFrom step(const Json& json) const {
    const auto date = units::parse_date(string_at(json, "from"));
    const double moment = date ? (date->best - begin_).in_base_units() / seconds_ : 0.0;
    return {std::clamp(moment, 0.0, 1.0), std::llround(required(json, "accelerators"))};
  }

  [[nodiscard]] cost::PartitionFacts partition(const Json& json) const {
    cost::PartitionFacts facts;
    facts.name = string_at(json, "name");
    facts.accelerator = string_at(json, "accelerator");
    facts.count = std::llround(required(json, "count"));
    facts.h100_equivalent = required(json, "h100_equivalent");
    facts.full_power = units::Watts{required(json, "full_power_w")};
    for (const Json& one : array(json, "steps")) facts.online.push_back(step(one));
    if (facts.online.empty()) facts.online.push_back({0.0, 0});  // it is never built
    return facts;
  }

  [[nodiscard]] std::optional<cost::UseFacts> use_of(const std::string& site) const {
    for (const Json& block : array(json_, "sites")) {
      if (string_at(block, "name") != site) continue;
      cost::UseFacts use;
      use.period_hours = seconds_ / kSecondsPerHour;
      use.energy_it_mwh = required(block, "energy_it_mwh");
      use.energy_mwh = required(block, "energy_mwh");
      use.h100_equivalent_hours_available = required(block, "h100_equivalent_hours_available");
      use.h100_equivalent_hours = required(block, "h100_equivalent_hours");
      use.accelerator_hours = required(block, "accelerator_hours");
      use.h100_equivalent_hours_lost = number(block, "h100_equivalent_hours_lost_to_delay");
      use.tokens_trained = number(block, "ai.tokens_trained");
      use.training_h100_equivalent_hours = number(block, "ai.training_h100_equivalent_hours").value_or(0.0);
      use.inference_h100_equivalent_hours = number(block, "inference_h100_equivalent_hours").value_or(0.0);
      // Without its hours a token would cost nothing: results of earlier releases do not tell them.
      if (use.inference_h100_equivalent_hours > 0.0) {
        use.input_tokens = number(block, "requests.input_tokens");
        use.output_tokens = number(block, "requests.output_tokens");
      }
      return use;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<cost::Shares> shares(const Json& json) const {
    const Json* found = value_at(json, "shares");
    if (found == nullptr || !found->is_object()) return std::nullopt;
    return cost::Shares{required(*found, "eu"), required(*found, "national"), required(*found, "private")};
  }

  [[nodiscard]] cost::SiteFacts site(const Json& json) const {
    cost::SiteFacts facts;
    facts.name = string_at(json, "name");
    facts.title = string_at(json, "title");
    facts.country = string_at(json, "country");
    facts.kind = string_at(json, "kind");
    for (const Json& one : array(json, "partitions")) facts.partitions.push_back(partition(one));
    if (facts.partitions.empty()) return facts;
    facts.pue = required(json, "pue");
    facts.connection_mw = number(json, "connection_mw");
    facts.use = use_of(facts.name);
    if (!facts.use) fail_reading(file_, fmt::format("sites has no results of \"{}\"", facts.name));
    facts.shares = shares(json);
    facts.overrides = overrides(json);
    return facts;
  }

  std::filesystem::path file_;
  const Json& json_;
  units::UtcTime begin_;
  double seconds_ = 0.0;
};

void put(const std::vector<scenario::CostValue>& values, cost::Overrides& overrides) {
  for (const scenario::CostValue& value : values) overrides[value.parameter] = {value.best, value.low, value.high};
}

}  // namespace

CostInput read_cost_input(const std::filesystem::path& path) {
  const std::filesystem::path file = results_file(path);
  const Json json = read_results(file);
  const CostReader reader{file, json};
  CostInput input;
  input.name = path.string();
  input.scenario = string_at(json, "scenario.name");
  input.variant = string_at(json, "scenario.variant");
  input.complete = is_complete(json);
  input.period_days = reader.days();
  input.facts = reader.facts();
  input.assumptions.overrides = reader.overrides(json);
  return input;
}

std::vector<std::string> site_names(const CostInput& input) {
  std::vector<std::string> names;
  for (const cost::SiteFacts& site : input.facts.sites) names.push_back(site.name);
  return names;
}

void apply(const scenario::CostSettings& settings, CostInput& input) {
  put(settings.cost, input.assumptions.overrides);
  for (const scenario::CostSettings::OfSite& stated : settings.sites) {
    for (cost::SiteFacts& site : input.facts.sites) {
      if (site.name != stated.name) continue;
      put(stated.cost, site.overrides);
      if (stated.shares) {
        site.shares = cost::Shares{stated.shares->eu, stated.shares->national, stated.shares->private_money};
      }
    }
  }
}

}  // namespace gigasim::report
