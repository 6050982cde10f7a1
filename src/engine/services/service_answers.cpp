#include <algorithm>

#include "service_run.hpp"

// Of one service: what became of the requests of a stretch.
namespace gigasim::engine {
namespace {

metrics::RequestTime request_time(const models::Spread& spread, double delay) {
  return {spread.mean + delay, spread.p50 + delay, spread.p95 + delay, spread.p99 + delay};
}

}  // namespace

void ServiceRun::close_stretch(units::Seconds now) {
  if (now <= since_) return;
  if (traffic_) return answer_one_by_one(now);
  offered_.clear();
  answered_.clear();
  for (std::size_t o = 0; o < origins_.size(); ++o) answer(o, now);
  observer_.requests_answered({index_, since_, now, offered_, answered_});
  since_ = now;
  has_changed_ = true;
}

void ServiceRun::answer_one_by_one(units::Seconds now) {
  for (bool more = true; more;) {
    more = traffic_->go_on(now);
    offered_.clear();
    traffic_->report(demand_.origins(), offered_, one_by_one_);
    observer_.requests_answered({index_, since_, now, offered_, {}, one_by_one_});
  }
  since_ = now;
  has_changed_ = true;
}

void ServiceRun::answer(std::size_t o, units::Seconds now) {
  Origin& origin = origins_[o];
  const units::Ticks ticks = units::to_ticks(now - since_);
  metrics::OfferedRequests offered;
  offered.origin = origin.number;
  offered.offered = interval_.until(now, o) - interval_.until(since_, o);
  offered.waited = origin.waiting;
  metrics::RequestParts left = offered.waited + offered.offered;
  const std::size_t first = answered_.size();
  for (std::size_t p = 0; p < places_.size(); ++p) {
    if (routes_[o][p] <= 0.0) continue;
    const double exact = routes_[o][p] * kThousand * static_cast<double>(ticks);
    const auto served = std::min(left, static_cast<metrics::RequestParts>(exact));
    answered_.push_back({origin.number, places_[p].at.site, served, {}, {}, true});
    left -= served;
  }
  // Parts of a request that rounding leaves over go with the last.
  constexpr double kRounding = 1e-11;
  const bool rounding = static_cast<double>(left) <=
                        static_cast<double>(places_.size()) + kRounding * static_cast<double>(offered.offered);
  if (rounding && answered_.size() > first) {
    answered_.back().served += left;
    left = 0;
  }
  offered.served = offered.waited + offered.offered - left;
  const bool waits = service_.when_short == scenario::WhenShort::kQueue && !origin.view.nearest.empty();
  offered.waiting = waits ? left : 0;
  offered.shed = waits ? 0 : left;
  origin.waiting = offered.waiting;
  offered_.push_back(offered);
  // First come, first served: on average requests meet the mean of what waits, which goes at the rate of those served.
  const double mean_waiting = metrics::requests_of(offered.waited + offered.waiting) / 2.0;
  const double rate = metrics::requests_of(offered.served) / (now - since_).in_base_units();
  const double wait = rate > 0.0 ? mean_waiting / rate : 0.0;
  for (std::size_t a = first; a < answered_.size(); ++a) {
    metrics::AnsweredRequests& answered = answered_[a];
    const auto place =
        std::find_if(places_.begin(), places_.end(), [&](const Place& one) { return one.at.site == answered.site; });
    const auto p = static_cast<std::size_t>(place - places_.begin());
    const double delay = origin.view.round_trip[p].in_base_units() + wait;
    answered.first_token = request_time(place->latency.first_token, delay);
    answered.output_token = request_time(place->latency.output_token, 0.0);
    answered.within_objective = service_.objective.is_kept(answered.first_token.p95, answered.output_token.p95);
  }
}

}  // namespace gigasim::engine
