#include "gigasim/workload/request_arrivals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "gigasim/units/draws.hpp"
#include "gigasim/workload/request_lengths.hpp"
#include "trace_replay.hpp"

namespace gigasim::workload {

/// How long the requests of a service are.
class LengthsOfRequests {
 public:
  explicit LengthsOfRequests(const scenario::RequestDemand& demand)
      : alike_{0.0, whole(demand.input_tokens), whole(demand.output_tokens)} {
    if (!demand.request_lengths.empty()) law_.emplace(*catalogue::find_request_lengths(demand.request_lengths));
  }
  [[nodiscard]] models::Request draw(units::RandomStream& input, units::RandomStream& output, double arrival) const {
    if (law_) return law_->draw(input, output, arrival);
    models::Request request = alike_;
    request.arrival = arrival;
    return request;
  }

 private:
  static std::int64_t whole(double tokens) { return std::max<std::int64_t>(1, std::llround(tokens)); }
  models::Request alike_;
  std::optional<RequestLengthLaw> law_;
};

/// The Poisson process of one origin. Drawn are the amounts of expected requests between two, of mean 1: a rate that
/// changes moves the next request, and draws nothing.
struct PoissonOrigin {
  units::RandomStream gaps, input, output;
  double rate = 0.0;  ///< in the present interval
  double due = 0.0;   ///< expected requests from the interval's begin to the next one
  [[nodiscard]] double next(double begin) const {
    return rate > 0.0 ? begin + due / rate : std::numeric_limits<double>::infinity();
  }
};

struct RequestArrivals::Impl {
  using Next = std::pair<double, std::size_t>;

  Impl(const scenario::Scenario& scenario, const scenario::Service& service)
      : lengths(service.demand), by_weight(scenario.seed, service.name, "origins of requests") {}

  std::optional<ArrivingRequest> next_of_rates(double until) {
    if (heap.empty() || heap.front().first >= until) return std::nullopt;
    std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
    auto& [when, index] = heap.back();
    PoissonOrigin& origin = origins[index];
    ArrivingRequest arriving{lengths.draw(origin.input, origin.output, when), index};
    origin.due += units::draw_exponential(origin.gaps, 1.0);
    when = origin.next(begin);
    std::push_heap(heap.begin(), heap.end(), std::greater<>{});
    return arriving;
  }

  std::optional<ArrivingRequest> next_of_trace(double until) {
    if (!pulled) pulled = trace->next();
    if (!pulled || pulled->arrival >= until) return std::nullopt;
    const double drawn = by_weight.uniform() * up_to.back();
    const auto origin = std::upper_bound(up_to.begin(), up_to.end() - 1, drawn) - up_to.begin();
    return ArrivingRequest{*std::exchange(pulled, std::nullopt), static_cast<std::size_t>(origin)};
  }

  LengthsOfRequests lengths;
  std::vector<PoissonOrigin> origins;
  std::vector<Next> heap;  // when the next one of each origin comes, the first in front
  double begin = 0.0;      // of the present interval
  std::optional<TraceReplay> trace;
  std::optional<models::Request> pulled;
  units::RandomStream by_weight;
  std::vector<double> up_to;  // sums of the weights
};

RequestArrivals::RequestArrivals(const scenario::Scenario& scenario, const scenario::Service& service,
                                 const RequestDemand& demand, const std::vector<std::string>& origins)
    : impl_(std::make_unique<Impl>(scenario, service)) {
  double sum = 0.0;
  for (const double weight : demand.weights()) impl_->up_to.push_back(sum += weight);
  if (service.demand.trace) {
    impl_->trace.emplace(*service.demand.trace);
    return;
  }
  for (const std::int32_t number : demand.origins()) {
    const std::string& code = origins[static_cast<std::size_t>(number)];
    const auto stream = [&](std::string_view what) {
      return units::RandomStream(scenario.seed, service.name, fmt::format("{} {}", what, code));
    };
    impl_->origins.push_back({stream("requests"), stream("input tokens"), stream("output tokens")});
    impl_->origins.back().due = units::draw_exponential(impl_->origins.back().gaps, 1.0);
  }
}

RequestArrivals::~RequestArrivals() = default;
RequestArrivals::RequestArrivals(RequestArrivals&&) noexcept = default;

void RequestArrivals::begin_interval(units::Seconds now, const std::vector<double>& rates) {
  const double begin = now.in_base_units();
  impl_->heap.clear();
  for (std::size_t o = 0; o < impl_->origins.size(); ++o) {
    PoissonOrigin& origin = impl_->origins[o];
    origin.due = std::max(0.0, origin.due - origin.rate * (begin - impl_->begin));
    origin.rate = rates[o];
    impl_->heap.emplace_back(origin.next(begin), o);
  }
  impl_->begin = begin;
  std::make_heap(impl_->heap.begin(), impl_->heap.end(), std::greater<>{});
}

std::optional<ArrivingRequest> RequestArrivals::next_before(units::Seconds time) {
  return impl_->trace ? impl_->next_of_trace(time.in_base_units()) : impl_->next_of_rates(time.in_base_units());
}

}  // namespace gigasim::workload
