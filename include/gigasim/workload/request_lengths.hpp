#pragma once

#include <memory>

#include "gigasim/catalogue/request_lengths.hpp"
#include "gigasim/models/requests.hpp"
#include "gigasim/units/random_stream.hpp"

namespace gigasim::workload {

class QuantileLaw;

/// Draws how long requests are: input and output by the quantiles of a class of the catalogue, log-linear between them,
/// rounded to whole tokens, and independent of each other (the logarithms of the two correlate by 0.09 and less in the
/// traces of Azure). Log-normal laws miss these data: that of the median and mean of azure_conversation would put the
/// 99th percentile of the output at 1,300 tokens, where 601 were measured.
class RequestLengthLaw {
 public:
  explicit RequestLengthLaw(const catalogue::RequestLengths& lengths);
  ~RequestLengthLaw();
  RequestLengthLaw(const RequestLengthLaw&) = delete;
  RequestLengthLaw& operator=(const RequestLengthLaw&) = delete;
  RequestLengthLaw(RequestLengthLaw&&) noexcept;
  RequestLengthLaw& operator=(RequestLengthLaw&&) noexcept;

  /// One number of each stream.
  [[nodiscard]] models::Request draw(units::RandomStream& input, units::RandomStream& output, double arrival) const;
  /// The replica with the means and variations of what is drawn here: within 1 % of those measured, for the output of
  /// azure_code within 9 %.
  [[nodiscard]] models::Replica describe(models::Replica replica) const;

 private:
  std::unique_ptr<const QuantileLaw> input_, output_;
};

}  // namespace gigasim::workload
