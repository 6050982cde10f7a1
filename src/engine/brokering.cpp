#include "brokering.hpp"

namespace gigasim::engine {
namespace {

scheduling::Weights weights_of(const scenario::BrokerWeights& weights) {
  return {weights.queue, weights.distance, weights.carbon, weights.price};
}

metrics::Why why_of(scheduling::Reason reason) {
  switch (reason) {
    case scheduling::Reason::kAtHome:
      return metrics::Why::kAtHome;
    case scheduling::Reason::kNearest:
      return metrics::Why::kNearest;
    case scheduling::Reason::kInTurn:
      return metrics::Why::kInTurn;
    case scheduling::Reason::kLeastLoaded:
      return metrics::Why::kLeastLoaded;
    case scheduling::Reason::kAtOnce:
      return metrics::Why::kAtOnce;
    case scheduling::Reason::kEarliest:
      return metrics::Why::kEarliest;
    case scheduling::Reason::kScore:
      return metrics::Why::kScore;
  }
  return metrics::Why::kNothing;
}

}  // namespace

Brokering::Brokering(const scenario::Scenario& scenario, NetworkQueues& queues, metrics::Observer& observer)
    : queues_(queues),
      observer_(observer),
      broker_(scheduling::make_broker(scenario.scheduling.broker, weights_of(scenario.scheduling.weights))),
      exclusions_(queues, observer) {}

void Brokering::load_changed(int queue) {
  broker_->load_changed(queue, queues_.load(queue));
}

std::optional<int> Brokering::place(metrics::JobIndex index, const scheduling::BrokeredJob& job) {
  const auto choice = ask(job);
  tell(index, job, choice);
  return choice ? std::optional{choice->queue} : std::nullopt;
}

std::optional<scheduling::Choice> Brokering::ask(const scheduling::BrokeredJob& job) {
  return broker_->choose(job, queues_);
}

std::optional<int> Brokering::better_place(metrics::JobIndex index, const scheduling::BrokeredJob& job, int present) {
  const auto here = queues_[present].policy->estimate_waiting(index, queues_.now());
  if (!here) return std::nullopt;
  scheduling::BrokeredJob elsewhere = job;
  elsewhere.except = present;
  const auto choice = broker_->choose(elsewhere, queues_);
  if (!choice || expected_start(*choice, job) >= *here) return std::nullopt;
  tell(index, job, choice, true);
  return choice->queue;
}

units::Seconds Brokering::expected_start(const scheduling::Choice& choice, const scheduling::BrokeredJob& job) const {
  return choice.start ? *choice.start : queues_.estimate_start(choice.queue, job);
}

void Brokering::tell(metrics::JobIndex index, const scheduling::BrokeredJob& job,
                     const std::optional<scheduling::Choice>& choice, bool moved) {
  const Exclusions::Found found = exclusions_.of(job);
  metrics::Decision decision;
  decision.exclusions = found.number;
  decision.at = queues_.now();
  if (choice) {
    decision.why = found.able == 1 ? metrics::Why::kOnlyOne : why_of(choice->reason);
    decision.moved = moved;
    decision.speed = queues_.speed(choice->queue, job);
    decision.expected_start = expected_start(*choice, job);
    decision.score = choice->score;
    if (choice->next >= 0) decision.next = queues_[choice->next].place;
    decision.next_score = choice->next_score;
  }
  observer_.job_brokered(index, decision, queues_.now());
}

}  // namespace gigasim::engine
