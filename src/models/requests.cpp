#include "gigasim/models/requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "request_queue.hpp"

namespace gigasim::models {
namespace {

constexpr double kNever = RequestQueue::kNoArrival;
constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

Spread spread_over(std::vector<double>& values) {
  if (values.empty()) return {};
  Spread spread;
  for (const double value : values) spread.mean += value;
  spread.mean /= static_cast<double>(values.size());
  // The smallest value with at least that share at or below.
  auto begin = values.begin();
  const auto quantile = [&](double share) {
    const auto rank = static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(values.size())));
    const auto at = values.begin() + std::max<std::ptrdiff_t>(rank, 1) - 1;
    if (at >= begin) std::nth_element(begin, at, values.end());
    begin = at;
    return *at;
  };
  spread.p50 = quantile(0.5);
  spread.p95 = quantile(0.95);
  spread.p99 = quantile(0.99);
  return spread;
}

/// Folds what happens after the warm-up.
class Observed {
 public:
  explicit Observed(const RequestsOptions& options) : options_(options), window_(options.warm_up == 0) {}

  void stretch(const ContinuousBatch::Stretch& stretch, double begun, double now, std::int64_t in_work) {
    ++result_.stretches;
    result_.iterations += stretch.iterations;
    if (!window_) return;
    const double lasted = now - begun;
    batch_seconds_ += static_cast<double>(in_work) * lasted;
    busy_seconds_ += lasted;
    tokens_ += stretch.output_tokens;
  }
  void ended(const ServedRequest& one, double now) {
    if (options_.on_served) options_.on_served(one);
    if (seen_++ < options_.warm_up) {
      if (seen_ == options_.warm_up) {
        window_ = true;
        begun_ = now;
      }
      return;
    }
    ++result_.served;
    first_.push_back(one.time_to_first_token());
    if (one.request.output_tokens > 1) output_.push_back(one.time_per_output_token());
  }
  void refused() { ++result_.refused; }
  /// From here on only latencies count.
  void close_window(double now) {
    if (window_) result_.seconds = now - begun_;
    window_ = false;
    closed_ = true;
  }
  [[nodiscard]] bool closed() const { return closed_; }
  [[nodiscard]] std::int64_t answered() const { return result_.served + result_.refused; }

  RequestsResult result() && {
    result_.first_token = spread_over(first_);
    result_.output_token = spread_over(output_);
    if (result_.seconds > 0.0) {
      result_.batch = batch_seconds_ / result_.seconds;
      result_.busy = busy_seconds_ / result_.seconds;
      result_.output_tokens_per_second = static_cast<double>(tokens_) / result_.seconds;
    }
    return result_;
  }

 private:
  const RequestsOptions& options_;
  RequestsResult result_;
  std::vector<double> first_, output_;
  double batch_seconds_ = 0.0, busy_seconds_ = 0.0, begun_ = 0.0;
  std::int64_t tokens_ = 0, seen_ = 0;
  bool window_ = false, closed_ = false;
};

void check_request(const Request& request, double last_arrival) {
  if (request.input_tokens < 1 || request.output_tokens < 1) {
    throw std::invalid_argument(fmt::format("a request of {} tokens in and {} out: both must be at least 1",
                                            request.input_tokens, request.output_tokens));
  }
  if (!(request.arrival >= last_arrival)) {
    throw std::invalid_argument(
        fmt::format("a request that arrives at {} s, after one at {} s", request.arrival, last_arrival));
  }
}

/// Requests at times of their own.
class OpenFeed {
 public:
  explicit OpenFeed(const std::function<std::optional<Request>()>& next) : next_(next) { pull(); }
  [[nodiscard]] double next_arrival() const {
    if (pending_) return pending_->arrival;
    return kNever;
  }
  Request take() {
    const Request request = *pending_;
    pull();
    return request;
  }
  void answered(double /*now*/) {}
  void refused() {}

 private:
  void pull() {
    const double last = pending_ ? pending_->arrival : -kNever;
    pending_ = next_();
    if (pending_) check_request(*pending_, last);
  }
  const std::function<std::optional<Request>()>& next_;
  std::optional<Request> pending_;
};

/// Requests of clients that wait for their answers.
class ClientFeed {
 public:
  ClientFeed(std::int64_t clients, const std::function<Request()>& next) : next_(next), asking_(clients) {}
  [[nodiscard]] double next_arrival() const {
    if (asking_ > 0) return now_;
    return kNever;
  }
  Request take() {
    --asking_;
    Request request = next_();
    request.arrival = now_;
    check_request(request, now_);
    return request;
  }
  void answered(double now) {
    now_ = now;
    ++asking_;
  }
  /// The client does not ask again: there might be no end of it.
  void refused() {}

 private:
  const std::function<Request()>& next_;
  std::int64_t asking_;
  double now_ = 0.0;
};

/// Takes in whoever has come and finds room.
template <typename Feed>
void take_in(RequestQueue& queue, Feed& feed, Observed& observed) {
  while (feed.next_arrival() <= queue.batch().now()) {
    const Request request = feed.take();
    if (queue.batch().could_hold(request)) {
      queue.waiting().push_back(request);
    } else {
      observed.refused();
      feed.refused();
    }
  }
  queue.admit();
}

/// Ends when nothing is left, or when `enough` are served or refused.
template <typename Feed>
RequestsResult serve(RequestQueue queue, Feed feed, std::int64_t enough, const RequestsOptions& options) {
  Observed observed(options);
  ContinuousBatch& batch = queue.batch();
  std::vector<ServedRequest> ended;
  while (observed.answered() < enough) {
    if (queue.idle()) {
      if (feed.next_arrival() == kNever) break;
      batch.wait_until(std::max(batch.now(), feed.next_arrival()));
    }
    take_in(queue, feed, observed);
    if (batch.empty()) continue;  // all that came were refused
    if (feed.next_arrival() == kNever && enough == kAll && !observed.closed()) observed.close_window(batch.now());
    const double begun = batch.now();
    const std::int64_t in_work = batch.size();
    const auto stretch = batch.advance(queue.until(feed.next_arrival()), ended);
    observed.stretch(stretch, begun, batch.now(), in_work);
    for (const ServedRequest& one : ended) {
      observed.ended(one, batch.now());
      feed.answered(batch.now());
    }
    ended.clear();
  }
  if (!observed.closed()) observed.close_window(batch.now());
  return std::move(observed).result();
}

}  // namespace

RequestsResult simulate_requests(const ServingRates& rates, const Replica& replica,
                                 const std::function<std::optional<Request>()>& next, const RequestsOptions& options) {
  return serve(RequestQueue(rates, replica), OpenFeed(next), kAll, options);
}

RequestsResult simulate_requests(const ServingRates& rates, const Replica& replica,
                                 const std::vector<Request>& requests, const RequestsOptions& options) {
  std::size_t n = 0;
  const std::function<std::optional<Request>()> next = [&]() -> std::optional<Request> {
    return n < requests.size() ? std::optional{requests[n++]} : std::nullopt;
  };
  return simulate_requests(rates, replica, next, options);
}

RequestsResult simulate_clients(const ServingRates& rates, const Replica& replica, std::int64_t clients,
                                std::int64_t requests, const std::function<Request()>& next,
                                const RequestsOptions& options) {
  return serve(RequestQueue(rates, replica), ClientFeed(clients, next), requests, options);
}

}  // namespace gigasim::models
