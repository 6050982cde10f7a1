#include "stream_arrivals.hpp"

#include <numeric>
#include <utility>

#include "catalogue_lookup.hpp"

namespace gigasim::workload {

StreamArrivals::StreamArrivals(const Setting& setting) {
  const std::string& bursts = setting.stream.arrivals.bursts;
  std::vector<double> in_bursts = class_weights(setting.mix, true);
  std::vector<double> singly = class_weights(setting.mix, false);
  if (bursts == "none") {
    for (std::size_t i = 0; i < singly.size(); ++i) in_bursts[i] += singly[i];
    add_process(setting, "", std::nullopt, in_bursts);
    return;
  }
  add_process(setting, "", QuantileLaw{burst_law(bursts).size_quantiles}, in_bursts);
  add_process(setting, "single-", std::nullopt, singly);
}

void StreamArrivals::add_process(const Setting& setting, const std::string& prefix,
                                 const std::optional<QuantileLaw>& bursts, const std::vector<double>& weights) {
  const double weight = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (weight == 0.0) return;
  double weight_of_stream = 0.0;
  for (const ClassLaw& law : setting.mix) weight_of_stream += law.weight();
  const auto random = [&](const char* purpose) {
    return RandomStream{setting.scenario.seed, setting.stream.name, prefix + purpose};
  };
  const double starts = setting.rate * (weight / weight_of_stream) / (bursts ? bursts->mean() : 1.0);
  const ArrivalRate rate{setting.stream.arrivals.profile, setting.stream.arrivals.growth_per_year,
                         setting.scenario.period.start, setting.end};
  Arrivals arrivals{ThinnedPoisson{starts, rate, setting.origins, setting.end, random("arrivals"), random("origins")},
                    bursts,
                    setting.mix,
                    weights,
                    {random("bursts"), random("classes"), random("sizes")}};
  std::optional<Arrival> first = arrivals.next();
  processes_.push_back({std::move(arrivals), first});
}

std::optional<Arrival> StreamArrivals::next() {
  Process* first = nullptr;
  for (Process& process : processes_) {
    if (process.next && (first == nullptr || process.next->at < first->next->at)) first = &process;
  }
  if (first == nullptr) return std::nullopt;
  const Arrival arrival = *first->next;
  first->next = first->arrivals.next();
  return arrival;
}

}  // namespace gigasim::workload
