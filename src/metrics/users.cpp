#include "users.hpp"

#include <map>
#include <utility>

#include "equality.hpp"
#include "figures.hpp"

namespace gigasim::metrics {
namespace {

struct UserSums {
  std::int64_t jobs = 0;
  double wait_s = 0.0, slowdown = 0.0;
};

std::vector<Endowment> means(const std::map<std::pair<std::int32_t, std::int32_t>, UserSums>& users,
                             double UserSums::*sum) {
  std::vector<Endowment> each;
  each.reserve(users.size());
  for (const auto& [user, sums] : users) each.push_back({sums.*sum / static_cast<double>(sums.jobs), 1.0});
  return each;
}

}  // namespace

UserFigures describe_users(const Books& books) {
  std::map<std::pair<std::int32_t, std::int32_t>, UserSums> users;  // by stream and user
  for (const JobRecord& job : books.jobs.jobs()) {
    if (job.user < 0 || !has_queue_time(job)) continue;
    const JobFigures figures = figures_of(job, books.scenario.scheduling.overrun, books.now);
    UserSums& sums = users[{job.stream, job.user}];
    ++sums.jobs;
    sums.wait_s += figures.queue_time_s;
    sums.slowdown += figures.slowdown;
  }
  return {static_cast<double>(users.size()), jain(means(users, &UserSums::wait_s)),
          jain(means(users, &UserSums::slowdown))};
}

}  // namespace gigasim::metrics
