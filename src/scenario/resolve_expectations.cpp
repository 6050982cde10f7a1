#include "expectation_type.hpp"
#include "group_names.hpp"

namespace gigasim::scenario {

std::vector<Expectation> resolve_expectations(const std::vector<Setting<Expectation>>& specs, const Scenario& scenario,
                                              Context& context) {
  std::vector<Expectation> expectations;
  // A site or stream that could not be read has been complained about already.
  const Diagnostics& diagnostics = context.diagnostics();
  const bool groups_known = !diagnostics.has_errors_under("sites") && !diagnostics.has_errors_under("workload");
  const GroupNames groups{scenario};
  const auto list = context.enter("expect");
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (!specs[i]) continue;
    const auto item = context.enter_named(std::to_string(i));
    const Expectation& one = *specs[i];
    const std::string problem = one.key.empty() || !groups_known ? "" : groups.complaint(one.key, one.value);
    if (!problem.empty()) context.error(specs[i].origin, problem);
    expectations.push_back(one);
  }
  return expectations;
}

}  // namespace gigasim::scenario
