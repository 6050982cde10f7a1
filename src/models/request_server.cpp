#include "gigasim/models/request_server.hpp"

#include <algorithm>

#include "request_queue.hpp"

namespace gigasim::models {

RequestServer::RequestServer(const ServingRates& rates, const Replica& replica)
    : queue_(std::make_unique<RequestQueue>(rates, replica)) {}

RequestServer::~RequestServer() = default;
RequestServer::RequestServer(RequestServer&&) noexcept = default;
RequestServer& RequestServer::operator=(RequestServer&&) noexcept = default;

bool RequestServer::could_hold(const Request& request) const {
  return queue_->batch().could_hold(request);
}

void RequestServer::add(const Request& request, double time) {
  advance(time);
  incoming_.push_back({request, time});
}

void RequestServer::advance(double time) {
  ContinuousBatch& batch = queue_->batch();
  for (;;) {
    if (queue_->idle()) {
      // At `time` itself more may arrive.
      if (incoming_.empty() || incoming_.front().time >= time) return;
      batch.wait_until(std::max(batch.now(), incoming_.front().time));
    }
    if (batch.now() >= time) return;
    while (!incoming_.empty() && incoming_.front().time <= batch.now()) {
      queue_->waiting().push_back(incoming_.front().request);
      incoming_.pop_front();
    }
    queue_->admit();
    double until = RequestQueue::kNoArrival;
    if (!incoming_.empty()) until = queue_->until(incoming_.front().time);
    // Nobody ends before `time`, and somebody may still arrive before somebody ends: to add up the iterations in one
    // piece is for later.
    if (until == RequestQueue::kNoArrival && !batch.ends_one_before(time)) return;
    batch.advance(until, just_ended_);
    ended_.insert(ended_.end(), just_ended_.begin(), just_ended_.end());
    just_ended_.clear();
  }
}

void RequestServer::collect(double time, std::vector<ServedRequest>& answered) {
  while (!ended_.empty() && ended_.front().finished <= time) {
    answered.push_back(ended_.front());
    ended_.pop_front();
  }
}

std::vector<Request> RequestServer::take_waiting() {
  std::vector<Request> taken;
  list_waiting(taken);
  queue_->waiting().clear();
  incoming_.clear();
  return taken;
}

void RequestServer::list_waiting(std::vector<Request>& requests) const {
  requests.insert(requests.end(), queue_->waiting().begin(), queue_->waiting().end());
  for (const Incoming& one : incoming_) requests.push_back(one.request);
}

void RequestServer::count_waiting(std::vector<std::int64_t>& by_tag) const {
  for (const Request& one : queue_->waiting()) ++by_tag[static_cast<std::size_t>(one.tag)];
  for (const Incoming& one : incoming_) ++by_tag[static_cast<std::size_t>(one.request.tag)];
}

std::vector<Request> RequestServer::take_all() {
  std::vector<Request> taken;
  for (const ServedRequest& one : ended_) taken.push_back(one.request);
  queue_->batch().list(taken);
  const auto waiting = take_waiting();
  taken.insert(taken.end(), waiting.begin(), waiting.end());
  return taken;
}

std::optional<double> RequestServer::last_end() const {
  return ended_.empty() ? std::nullopt : std::optional{ended_.back().finished};
}

std::int64_t RequestServer::unfinished() const {
  return waiting() + queue_->batch().size() + static_cast<std::int64_t>(ended_.size());
}

std::int64_t RequestServer::waiting() const {
  return static_cast<std::int64_t>(queue_->waiting().size() + incoming_.size());
}

}  // namespace gigasim::models
