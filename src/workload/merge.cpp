#include "merge.hpp"

#include <utility>

namespace gigasim::workload {

bool Merge::Later::operator()(const Head& a, const Head& b) const {
  return a.job.submit != b.job.submit ? a.job.submit > b.job.submit : a.stream > b.stream;
}

Merge::Merge(std::vector<std::unique_ptr<JobStream>> streams) : streams_(std::move(streams)) {
  for (std::size_t i = 0; i < streams_.size(); ++i) pull(i);
}

std::optional<Job> Merge::next() {
  if (heads_.empty()) return std::nullopt;
  const Head head = heads_.top();
  heads_.pop();
  pull(head.stream);
  return head.job;
}

void Merge::pull(std::size_t stream) {
  if (const std::optional<Job> job = streams_[stream]->next()) heads_.push({*job, stream});
}

}  // namespace gigasim::workload
