#include "batsim_profiles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>

namespace gigasim::workload {
namespace {

constexpr int kDeepest = 100;  // sequences within sequences

/// Names of types and strategies were written in several ways: "parallel_homogeneous", "DefinedAmountsSpreadUniformly".
std::string plain_word(std::string_view word) {
  std::string plain;
  for (const char c : word) {
    if (c != '_') plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return plain;
}

/// The first of two keys, old and new, that is there.
double amount_of(const nlohmann::json& profile, const char* old_key, const char* new_key) {
  if (const auto value = number_member(profile, old_key)) return *value;
  return number_member(profile, new_key).value_or(0.0);
}

/// The numbers of a list; empty when there is none, or something in it is no number.
std::vector<double> amounts_of(const nlohmann::json& profile, const char* old_key, const char* new_key) {
  auto list = profile.find(old_key);
  if (list == profile.end()) list = profile.find(new_key);
  std::vector<double> amounts;
  if (list == profile.end() || !list->is_array()) return amounts;
  for (const nlohmann::json& amount : *list) {
    if (!amount.is_number()) return {};
    amounts.push_back(amount.get<double>());
  }
  return amounts;
}

std::vector<std::string> part_names(const nlohmann::json& profile) {
  std::vector<std::string> names;
  for (const char* key : {"seq", "profile_ids"}) {
    const auto list = profile.find(key);
    if (list == profile.end() || !list->is_array()) continue;
    for (const nlohmann::json& name : *list) names.push_back(name.is_string() ? name.get<std::string>() : "");
  }
  return names;
}

/// "w0!delay10" is the profile delay10 of workload w0.
std::string own_name(const std::string& name) {
  return name.substr(name.find('!') + 1);
}

}  // namespace

void BatsimProfiles::add(const std::string& name, const nlohmann::json& json, TextPlace place) {
  Profile profile;
  profile.place = place;
  profile.type = text_member(json, "type").value_or("");
  profile.failed = number_member(json, "ret").value_or(0.0) != 0.0;
  const std::string type = plain_word(profile.type);
  if (type == "delay" || type == "delayprofile") {
    profile.kind = Kind::kDelay;
    profile.amount = number_member(json, "delay").value_or(-1.0);
  } else if (type == "parallelhomogeneous" || type == "ptaskhomogeneous" || type == "msgparhg" ||
             type == "paralleltaskhomogeneousprofile") {
    const std::string strategy = plain_word(text_member(json, "generation_strategy").value_or(""));
    profile.kind = strategy.find("spreaduniformly") != std::string::npos ? Kind::kTotal : Kind::kPerHost;
  } else if (type == "parallelhomogeneoustotal" || type == "msgparhgtot") {
    profile.kind = Kind::kTotal;
  } else if (type == "parallel" || type == "ptask" || type == "msgpar" || type == "paralleltaskprofile") {
    profile.kind = Kind::kTask;
    const std::vector<double> amounts = amounts_of(json, "cpu", "computation_vector");
    profile.amount = amounts.empty() ? -1.0 : *std::max_element(amounts.begin(), amounts.end());
    profile.sum = std::accumulate(amounts.begin(), amounts.end(), 0.0);
    for (const double bytes : amounts_of(json, "com", "communication_matrix")) {
      profile.communicates = profile.communicates || bytes > 0.0;
    }
  } else if (type == "sequence" || type == "composed" || type == "sequentialcompositionprofile") {
    profile.kind = Kind::kSequence;
    profile.parts = part_names(json);
    for (const char* key : {"repeat", "nb", "repetition_count"}) {
      if (const auto repeat = number_member(json, key)) profile.repeat = *repeat;
    }
  }
  if (profile.kind == Kind::kPerHost || profile.kind == Kind::kTotal) {
    profile.amount = amount_of(json, "cpu", "computation_amount");
    profile.communicates = amount_of(json, "com", "communication_amount") > 0.0;
  }
  profiles_[own_name(name)] = std::move(profile);
}

std::optional<BatsimWork> BatsimProfiles::work(const std::string& name, double hosts, TextPlace asked) {
  const auto found = profiles_.find(own_name(name));
  if (found == profiles_.end()) {
    why_ = "profile: there is no such profile";
    if (errors_.strict()) {
      errors_.add(asked, fmt::format("profile {}: there is no such profile", workload::quoted(name)));
    }
    return std::nullopt;
  }
  Profile& profile = found->second;
  why_ = profile.refused;
  if (!profile.refused.empty()) return std::nullopt;
  if (profile.known_on == hosts) return profile.known;
  if (profile.open) return refuse(profile, "profile: a sequence that contains itself", "the sequence contains itself");
  if (depth_ >= kDeepest) return refuse(profile, "profile: sequences nested too deep", "sequences are nested too deep");
  profile.open = true;
  ++depth_;
  const auto work = work_of(profile, hosts);
  --depth_;
  profile.open = false;
  if (work) {
    profile.known_on = hosts;
    profile.known = *work;
  }
  return work;
}

std::optional<BatsimWork> BatsimProfiles::refuse(Profile& profile, const std::string& reason,
                                                 const std::string& problem) {
  profile.refused = why_ = reason;
  if (errors_.strict()) {
    errors_.add(profile.place, fmt::format("profile of type {}: {}", workload::quoted(profile.type), problem));
  }
  return std::nullopt;
}

std::optional<BatsimWork> BatsimProfiles::work_of(Profile& profile, double hosts) {
  if (profile.kind == Kind::kSequence) return sequence(profile, hosts);
  if (profile.kind == Kind::kOther) {
    return refuse(profile, "profile: of a type that is not read",
                  "is not read (delays, parallel tasks and sequences of these are)");
  }
  if (profile.amount < 0.0) {
    return refuse(profile, "profile: no amount of at least 0", "needs an amount of at least 0");
  }
  BatsimWork work;
  work.failed = profile.failed;
  if (profile.kind == Kind::kDelay) {
    work.seconds = profile.amount;
    return work;
  }
  if (!flop_per_second_) {
    return refuse(profile, "profile: needs the speed of a host (--flop-per-second)",
                  "needs the speed of a host: --flop-per-second");
  }
  const double per_host = profile.kind == Kind::kTotal ? profile.amount / std::max(1.0, hosts) : profile.amount;
  work.seconds = per_host / *flop_per_second_;
  work.flop = profile.kind == Kind::kTask ? profile.sum : per_host * hosts;
  work.has_communication = profile.communicates;
  return work;
}

std::optional<BatsimWork> BatsimProfiles::sequence(Profile& profile, double hosts) {
  if (!(profile.repeat > 0.0)) {
    return refuse(profile, "profile: a number of repetitions that is not above 0",
                  "the number of repetitions must be above 0");
  }
  BatsimWork all;
  for (const std::string& part : profile.parts) {
    const auto one = work(part, hosts, profile.place);
    if (!one) {
      profile.refused = why_;
      return std::nullopt;
    }
    all.seconds += one->seconds * profile.repeat;
    all.flop += one->flop * profile.repeat;
    all.has_communication = all.has_communication || one->has_communication;
    all.failed = all.failed || one->failed;
  }
  all.failed = all.failed || profile.failed;
  return all;
}

}  // namespace gigasim::workload
