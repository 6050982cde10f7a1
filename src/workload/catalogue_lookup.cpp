#include "catalogue_lookup.hpp"

#include <fmt/format.h>

#include "gigasim/scenario/load.hpp"

namespace gigasim::workload {
namespace {

template <class Row>
const Row& required(const Row* row, std::string_view kind, std::string_view id) {
  if (row == nullptr) throw scenario::ScenarioError{{fmt::format(R"(workload: unknown {} "{}")", kind, id)}};
  return *row;
}

}  // namespace

const catalogue::JobClass& job_class(std::string_view id) {
  return required(catalogue::find_job_class(id), "job class", id);
}

const catalogue::ArrivalProfile& arrival_profile(std::string_view id) {
  return required(catalogue::find_arrival_profile(id), "arrival profile", id);
}

const catalogue::WalltimeModel& walltime_model(std::string_view id) {
  return required(catalogue::find_walltime_model(id), "walltime model", id);
}

const catalogue::BurstLaw& burst_law(std::string_view id) {
  return required(catalogue::find_burst_law(id), "burst law", id);
}

const catalogue::Country& country(std::string_view code) {
  return required(catalogue::find_country(code), "country", code);
}

}  // namespace gigasim::workload
