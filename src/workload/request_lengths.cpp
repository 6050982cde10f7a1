#include "gigasim/workload/request_lengths.hpp"

#include "quantile_law.hpp"

namespace gigasim::workload {

RequestLengthLaw::RequestLengthLaw(const catalogue::RequestLengths& lengths)
    : input_(std::make_unique<const QuantileLaw>(lengths.input.quantiles)),
      output_(std::make_unique<const QuantileLaw>(lengths.output.quantiles)) {}

RequestLengthLaw::~RequestLengthLaw() = default;
RequestLengthLaw::RequestLengthLaw(RequestLengthLaw&&) noexcept = default;
RequestLengthLaw& RequestLengthLaw::operator=(RequestLengthLaw&&) noexcept = default;

models::Request RequestLengthLaw::draw(units::RandomStream& input, units::RandomStream& output, double arrival) const {
  return {arrival, input_->at(input.uniform()), output_->at(output.uniform())};
}

models::Replica RequestLengthLaw::describe(models::Replica replica) const {
  replica.input_tokens = input_->mean();
  replica.input_cv = input_->variation();
  replica.output_tokens = output_->mean();
  replica.output_cv = output_->variation();
  return replica;
}

}  // namespace gigasim::workload
