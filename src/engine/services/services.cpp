#include "services.hpp"

#include <algorithm>
#include <utility>

namespace gigasim::engine {

Services::Services(const scenario::Scenario& scenario, const std::vector<std::string>& origins, NetworkQueues& queues,
                   metrics::Observer& observer) {
  by_stream_.resize(scenario.workload.streams.size(), nullptr);
  for (std::size_t s = 0; s < scenario.workload.services.size(); ++s) {
    services_.push_back(
        std::make_unique<ServiceRun>(scenario, static_cast<std::int32_t>(s), origins, queues, observer));
    by_stream_[static_cast<std::size_t>(scenario.workload.services[s].stream)] = services_.back().get();
  }
}

std::optional<units::Seconds> Services::next_date() const {
  if (std::exchange(date_is_known_, true)) return next_date_;
  next_date_.reset();
  for (const auto& service : services_) {
    const units::Seconds date = service->next_date();
    next_date_ = std::min(next_date_.value_or(date), date);
  }
  return next_date_;
}

ReplicaOrders Services::act(units::Seconds now) {
  date_is_known_ = false;
  ReplicaOrders orders;
  for (const auto& service : services_) service->act(now, orders);
  return orders;
}

void Services::submitted(const ReplicaOrders::Start& start, metrics::JobIndex job, units::Seconds now) {
  services_[static_cast<std::size_t>(start.service)]->submitted(start.place, job, now);
}

void Services::started(const workload::Job& job, int queue, metrics::JobIndex index, units::Seconds now) {
  ServiceRun* const service = service_of(job);
  if (service == nullptr) return;
  date_is_known_ = false;
  service->started(queue, index, now);
}

void Services::stopped(const workload::Job& job, int queue, metrics::JobIndex index, units::Seconds now) {
  ServiceRun* const service = service_of(job);
  if (service == nullptr) return;
  date_is_known_ = false;
  service->stopped(queue, index, now);
}

void Services::gone(const workload::Job& job, int queue, metrics::JobIndex index, units::Seconds now) {
  ServiceRun* const service = service_of(job);
  if (service == nullptr) return;
  date_is_known_ = false;
  service->gone(queue, index, now);
}

void Services::begin_stretches(units::Seconds now) {
  for (const auto& service : services_) service->begin_stretch(now);
}

void Services::finish(units::Seconds now) {
  for (const auto& service : services_) service->finish(now);
}

}  // namespace gigasim::engine
