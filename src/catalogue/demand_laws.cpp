#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "cells.hpp"
#include "editions.hpp"
#include "gigasim/catalogue/catalogue.hpp"

namespace gigasim::catalogue {
namespace {

constexpr int kHours = 24;
constexpr std::array kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// The tables hold two decimals, which leaves the mean 0.1 % off 1.
void scale_to_mean_one(std::vector<double>& factors) {
  const double mean = std::accumulate(factors.begin(), factors.end(), 0.0) / static_cast<double>(factors.size());
  for (double& factor : factors) factor /= mean;
}

ArrivalProfile read_profile(const Row& row) {
  ArrivalProfile profile{row.id(), {}, {}};
  for (int hour = 0; hour < kHours; ++hour) profile.hour.push_back(required(row, fmt::format("h{:02}", hour)));
  for (const char* weekday : kWeekdays) profile.weekday.push_back(required(row, weekday));
  scale_to_mean_one(profile.hour);
  scale_to_mean_one(profile.weekday);
  return profile;
}

WalltimeModel read_walltime(const Row& row) {
  return {row.id(), required(row, "p_full"), required(row, "beta_a"), required(row, "beta_b")};
}

BurstLaw read_burst(const Row& row) {
  return {row.id(),
          {{0.5, required(row, "size_p50")},
           {0.9, required(row, "size_p90")},
           {0.95, required(row, "size_p95")},
           {0.99, required(row, "size_p99")},
           {1.0, required(row, "size_p100")}}};
}

template <class Law>
const Law* find(const std::vector<Law>& laws, std::string_view id) {
  const auto found = std::find_if(laws.begin(), laws.end(), [&](const Law& law) { return law.id == id; });
  return found == laws.end() ? nullptr : &*found;
}

}  // namespace

const ArrivalProfile* find_arrival_profile(std::string_view id) {
  static PerEdition<std::vector<ArrivalProfile>> all{[] { return read_rows("arrival-profiles", read_profile); }};
  return find(all.get(), id);
}

const WalltimeModel* find_walltime_model(std::string_view id) {
  static PerEdition<std::vector<WalltimeModel>> all{[] { return read_rows("walltime-models", read_walltime); }};
  return find(all.get(), id);
}

const BurstLaw* find_burst_law(std::string_view id) {
  static PerEdition<std::vector<BurstLaw>> all{[] { return read_rows("bursts", read_burst); }};
  return find(all.get(), id);
}

}  // namespace gigasim::catalogue
