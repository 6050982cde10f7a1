#include "merge.hpp"

#include <catch2/catch.hpp>

using namespace gigasim;
using workload::Job;
using workload::JobStream;

namespace {

/// Jobs at given times; counts how many were pulled.
class Fixed final : public JobStream {
 public:
  Fixed(std::int32_t stream, std::vector<double> times, int& pulls) : stream_(stream), times_(times), pulls_(pulls) {}
  std::optional<Job> next() override {
    if (next_ == times_.size()) return std::nullopt;
    ++pulls_;
    Job job;
    job.stream = stream_;
    job.number = static_cast<std::int64_t>(next_) + 1;
    job.submit = units::Seconds{times_[next_++]};
    return job;
  }

 private:
  std::int32_t stream_;
  std::vector<double> times_;
  std::size_t next_ = 0;
  int& pulls_;
};

}  // namespace

TEST_CASE("streams merge by submit time, then by stream, then in their own order", "[workload][merge]") {
  int pulls = 0;
  std::vector<std::unique_ptr<JobStream>> streams;
  streams.push_back(std::make_unique<Fixed>(0, std::vector{5.0, 7.0, 7.0}, pulls));
  streams.push_back(std::make_unique<Fixed>(1, std::vector<double>{}, pulls));
  streams.push_back(std::make_unique<Fixed>(2, std::vector{1.0, 5.0, 7.0, 9.0}, pulls));
  workload::Merge merge{std::move(streams)};
  std::vector<std::pair<int, int>> order;
  while (const auto job = merge.next()) order.emplace_back(job->stream, static_cast<int>(job->number));
  CHECK(order == std::vector<std::pair<int, int>>{{2, 1}, {0, 1}, {2, 2}, {0, 2}, {0, 3}, {2, 3}, {2, 4}});
  CHECK_FALSE(merge.next().has_value());
}

TEST_CASE("merging looks ahead by one job per stream", "[workload][merge]") {
  int pulls = 0;
  std::vector<std::unique_ptr<JobStream>> streams;
  for (std::int32_t i = 0; i < 3; ++i) {
    streams.push_back(std::make_unique<Fixed>(i, std::vector{1.0, 2.0, 3.0, 4.0}, pulls));
  }
  workload::Merge merge{std::move(streams)};
  for (int delivered = 1; delivered <= 5; ++delivered) {
    CHECK(merge.next().has_value());
    CHECK(pulls <= delivered + 3);
  }
}
