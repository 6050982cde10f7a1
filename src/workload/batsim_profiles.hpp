#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json_log.hpp"

namespace gigasim::workload {

/// What a Batsim job takes on some number of hosts.
struct BatsimWork {
  double seconds = 0.0;
  double flop = 0.0;               ///< of all hosts
  bool has_communication = false;  ///< that is not modelled
  bool failed = false;             ///< the profile's `ret` is not 0
};

/// The profiles of a Batsim workload: delays, parallel tasks and sequences of these, under their old and
/// their new names. What a profile takes is worked out when a job asks, so that a profile of another type is refused
/// only where it is used.
class BatsimProfiles {
 public:
  BatsimProfiles(std::optional<double> flop_per_second, ImportErrors& errors)
      : flop_per_second_(flop_per_second), errors_(errors) {}

  void add(const std::string& name, const nlohmann::json& json, TextPlace place);
  /// Nothing when the profile cannot be used: why() says for what reason. `asked` is where it is named. Where the
  /// errors are strict they are told, once for each profile.
  [[nodiscard]] std::optional<BatsimWork> work(const std::string& name, double hosts, TextPlace asked);

  [[nodiscard]] const std::string& why() const { return why_; }

 private:
  enum class Kind : std::uint8_t { kDelay, kPerHost, kTotal, kSequence, kTask, kOther };
  struct Profile {
    TextPlace place;
    Kind kind = Kind::kOther;
    std::string type;
    double amount = 0.0;  ///< seconds, or FLOP; of a task on its busiest host
    double sum = 0.0;     ///< FLOP of a task on all its hosts
    bool communicates = false, failed = false;
    std::vector<std::string> parts;
    double repeat = 1.0;
    bool open = false;               ///< being worked out: a profile that finds itself open contains itself
    std::string refused;             ///< why it cannot be used; empty: it can
    std::optional<double> known_on;  ///< hosts for which `known` was worked out: sequences may hold a part many times
    BatsimWork known;
  };

  std::optional<BatsimWork> refuse(Profile& profile, const std::string& reason, const std::string& problem);
  std::optional<BatsimWork> work_of(Profile& profile, double hosts);
  std::optional<BatsimWork> sequence(Profile& profile, double hosts);

  std::optional<double> flop_per_second_;
  ImportErrors& errors_;
  std::string why_;
  int depth_ = 0;
  std::map<std::string, Profile> profiles_;
};

}  // namespace gigasim::workload
