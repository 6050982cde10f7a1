#include "priority_order.hpp"

#include <algorithm>

namespace gigasim::scheduling {
namespace {

template <class Key>
void count_down(std::map<Key, std::int64_t>& counts, const Key& key) {
  const auto entry = counts.find(key);
  if (--entry->second == 0) counts.erase(entry);
}

}  // namespace

PriorityOrder::PriorityOrder(PriorityRules rules) : rules_(std::move(rules)), fair_share_(rules_.half_life) {
  accounts_.resize(rules_.accounts.size() + 1);
  for (std::size_t i = 0; i < rules_.accounts.size(); ++i) {
    const Account& listed = rules_.accounts[i];
    const FairShare::Account parent = accounts_[static_cast<std::size_t>(listed.parent + 1)].account;
    accounts_[i + 1].account = fair_share_.add(parent, listed.shares);
  }
}

PriorityOrder::AccountQueue& PriorityOrder::account_of(const QueuedJob& job) {
  const std::size_t index = account_index(job);
  if (index >= accounts_.size()) accounts_.resize(index + 1);
  AccountQueue& queue = accounts_[index];
  if (queue.account == FairShare::kRoot) queue.account = fair_share_.add(FairShare::kRoot, 1.0);
  return queue;
}

double PriorityOrder::constant_of(const QueuedJob& job) const {
  const double part = capacity_ > 0 ? static_cast<double>(job.accelerators) / static_cast<double>(capacity_) : 0.0;
  const auto kind = static_cast<std::size_t>(job.kind);
  const double standing = kind < rules_.standing.size() ? rules_.standing[kind] : 0.0;
  return rules_.size * (rules_.favour_small ? 1.0 - part : part) + standing;
}

double PriorityOrder::aged(const QueuedJob& job, units::Seconds now) const {
  return rules_.age * std::min(1.0, (now - job.submit) / rules_.age_limit);
}

double PriorityOrder::priority_of(const QueuedJob& job, units::Seconds now) const {
  const std::size_t index = account_index(job);
  const bool known = index < accounts_.size() && accounts_[index].account != FairShare::kRoot;
  const double factor = known ? fair_share_.factor(accounts_[index].account, now) : 1.0;
  return constant_of(job) + aged(job, now) + rules_.fair_share * factor;
}

PriorityOrder::Key PriorityOrder::key_of(const Waiting& waiting) const {
  const QueuedJob& job = waiting.job;
  const double since = waiting.is_old ? 0.0 : rules_.age * (job.submit / rules_.age_limit);
  return {waiting.constant - since, job.submit.in_base_units(), job.id, &operations_};
}

void PriorityOrder::put(Waiting& waiting, bool old) {
  waiting.is_old = old;
  AccountQueue& queue = accounts_[account_index(waiting.job)];
  (old ? queue.old : queue.young).insert(key_of(waiting));
  if (!old) by_submit_.insert({waiting.job.submit.in_base_units(), waiting.job.id});
}

void PriorityOrder::take_out(const Waiting& waiting) {
  AccountQueue& queue = accounts_[account_index(waiting.job)];
  (waiting.is_old ? queue.old : queue.young).erase(key_of(waiting));
  if (!waiting.is_old) by_submit_.erase({waiting.job.submit.in_base_units(), waiting.job.id});
}

void PriorityOrder::set_capacity(std::int64_t accelerators) {
  if (accelerators == capacity_) return;
  std::vector<Waiting*> waiting;
  for (auto& [id, job] : jobs_) waiting.push_back(&job);  // in any order: what is made of it is sorted
  for (const Waiting* job : waiting) take_out(*job);
  capacity_ = accelerators;
  for (Waiting* job : waiting) {
    job->constant = constant_of(job->job);
    put(*job, job->is_old);
  }
}

void PriorityOrder::insert(const QueuedJob& job) {
  account_of(job);
  Waiting& waiting = jobs_[job.id];
  waiting = {job, constant_of(job), false};
  put(waiting, rules_.age <= 0.0);  // without a weight of age there is no difference between young and old
  ++active_[account_index(job)];
  ++sizes_[job.accelerators];
}

std::optional<QueuedJob> PriorityOrder::erase(std::int64_t id) {
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) return std::nullopt;
  const QueuedJob job = found->second.job;
  take_out(found->second);
  count_down(active_, account_index(job));
  count_down(sizes_, job.accelerators);
  jobs_.erase(found);
  return job;
}

void PriorityOrder::charge(const QueuedJob& job, int sign, units::Seconds now) {
  fair_share_.hold(account_of(job).account, sign * job.accelerators, now);
}

std::vector<std::int64_t> PriorityOrder::ids() const {
  std::vector<std::int64_t> ids;
  for (const auto& [id, waiting] : jobs_) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

void PriorityOrder::grow_old(units::Seconds now) {
  while (!by_submit_.empty() && now - units::Seconds{by_submit_.begin()->first} >= rules_.age_limit) {
    Waiting& waiting = jobs_.at(by_submit_.begin()->second);
    take_out(waiting);
    put(waiting, true);
  }
}

PriorityOrder::Walk::Walk(PriorityOrder& order, units::Seconds now) : order_(order), now_(now) {
  order.grow_old(now);
  for (const auto& [index, jobs] : order.active_) {
    const AccountQueue& queue = order.accounts_[index];
    const bool counts = order.rules_.fair_share > 0.0;
    const double fair_share = counts ? order.rules_.fair_share * order.fair_share_.factor(queue.account, now) : 0.0;
    ++order.operations_;
    push(queue.young, queue.young.begin(), fair_share);
    push(queue.old, queue.old.begin(), fair_share);
  }
}

void PriorityOrder::Walk::push(const Order& order, Order::const_iterator at, double fair_share) {
  if (at == order.end()) return;
  const Waiting& waiting = order_.jobs_.at(at->id);
  Key key = *at;
  key.priority = waiting.constant + order_.aged(waiting.job, now_) + fair_share;
  heads_.push_back({key, at, &order, fair_share});
  std::push_heap(heads_.begin(), heads_.end());
}

const QueuedJob* PriorityOrder::Walk::next() {
  if (heads_.empty()) return nullptr;
  std::pop_heap(heads_.begin(), heads_.end());
  const Head head = heads_.back();
  heads_.pop_back();
  push(*head.order, std::next(head.at), head.fair_share);
  return &order_.jobs_.at(head.at->id).job;
}

}  // namespace gigasim::scheduling
