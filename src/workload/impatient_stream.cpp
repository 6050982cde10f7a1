#include "impatient_stream.hpp"

#include <utility>

#include "gigasim/units/grid.hpp"
#include "random_stream.hpp"
#include "runtime_law.hpp"

namespace gigasim::workload {
namespace {

class ImpatientJobs final : public JobStream {
 public:
  ImpatientJobs(std::unique_ptr<JobStream> jobs, const scenario::PatienceLaw& law, std::uint64_t seed,
                std::string_view name)
      : jobs_(std::move(jobs)), law_(law), random_(seed, name, "patience") {}

  [[nodiscard]] std::optional<Job> next() override {
    std::optional<Job> job = jobs_->next();
    if (job) job->patience = units::ceil_to_grid(units::Seconds{law_.draw(random_)});
    return job;
  }

 private:
  std::unique_ptr<JobStream> jobs_;
  RuntimeSampler law_;
  RandomStream random_;
};

}  // namespace

std::unique_ptr<JobStream> with_patience(std::unique_ptr<JobStream> jobs, const scenario::PatienceLaw& law,
                                         std::uint64_t seed, std::string_view name) {
  return std::make_unique<ImpatientJobs>(std::move(jobs), law, seed, name);
}

}  // namespace gigasim::workload
