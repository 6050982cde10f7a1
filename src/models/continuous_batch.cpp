#include "continuous_batch.hpp"

#include <algorithm>
#include <cmath>

namespace gigasim::models {
namespace {

/// What a request holds on average over its life, in halves of a token: input + output / 2 tokens.
std::int64_t held_half_tokens(const Request& request) {
  return 2 * request.input_tokens + request.output_tokens;
}

double to_double(std::int64_t count) {
  return static_cast<double>(count);
}

}  // namespace

ContinuousBatch::ContinuousBatch(const ServingRates& rates, const Replica& replica)
    : rates_(rates),
      chunk_(std::max<std::int64_t>(1, static_cast<std::int64_t>(replica.input_per_iteration()))),
      most_(static_cast<std::int64_t>(rates.most_sequences)),
      half_tokens_(static_cast<std::int64_t>(2.0 * rates.kv_tokens)) {
  for (std::int64_t k = 0; k <= most_; ++k) {
    iteration_.push_back(rates.per_iteration + rates.weights * rates.touched(to_double(k)) +
                         rates.decode_token * to_double(k));
  }
}

bool ContinuousBatch::could_hold(const Request& request) const {
  return 2 * (request.input_tokens + request.output_tokens) <= half_tokens_;
}

bool ContinuousBatch::has_room(const Request& request) const {
  return size() < most_ && reserved_ + held_half_tokens(request) <= half_tokens_;
}

void ContinuousBatch::admit(const Request& request) {
  reserved_ += held_half_tokens(request);
  prefilled_.push_back({request, 0});
}

ContinuousBatch::Stretch ContinuousBatch::advance(double until, std::vector<ServedRequest>& ended) {
  return prefilling() ? prefill(ended) : decode(until, ended);
}

std::pair<double, std::int64_t> ContinuousBatch::take_chunk() {
  double seconds = 0.0;
  std::int64_t tokens = 0;
  for (auto i = static_cast<std::size_t>(head_); i < prefilled_.size() && tokens < chunk_; ++i) {
    Prefilled& one = prefilled_[i];
    const std::int64_t taken = std::min(chunk_ - tokens, one.request.input_tokens - one.done);
    const double n = to_double(taken);
    // What attention costs grows with the square of the position.
    seconds += n * (rates_.prefill_token + rates_.prefill_square * (2.0 * to_double(one.done) + n));
    one.done += taken;
    tokens += taken;
  }
  return {seconds, tokens};
}

ContinuousBatch::Stretch ContinuousBatch::prefill(std::vector<ServedRequest>& ended) {
  const auto k = static_cast<std::int64_t>(endings_.size());
  const auto [seconds, tokens] = take_chunk();
  double iteration = iteration_[static_cast<std::size_t>(k)] + rates_.kv_token * to_double(context_) + seconds;
  if (rates_.touched_by_one < 1.0) {  // the chunk's tokens touch experts as well
    iteration += rates_.weights * (rates_.touched(to_double(k + tokens)) - rates_.touched(to_double(k)));
  }
  pass(1, iteration);
  end_requests(ended);
  return {1, k + start_decoding(ended)};
}

std::int64_t ContinuousBatch::Series::that_last(double seconds, std::int64_t at_most) const {
  if (sum(at_most) < seconds) return at_most;
  // n first + more n (n - 1) / 2 = seconds, solved without a difference of like numbers.
  const double linear = first - more / 2.0;
  const double root = 2.0 * seconds / (linear + std::sqrt(linear * linear + 2.0 * more * seconds));
  auto n = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(root)), 1, at_most);
  while (n > 1 && sum(n - 1) >= seconds) --n;
  while (n < at_most && sum(n) < seconds) ++n;
  return n;
}

ContinuousBatch::Series ContinuousBatch::decoding() const {
  const std::size_t k = endings_.size();
  // Each request's context is longer by the token of before.
  return {iteration_[k] + rates_.kv_token * to_double(context_),
          rates_.kv_token * to_double(static_cast<std::int64_t>(k))};
}

bool ContinuousBatch::ends_one_before(double time) const {
  return prefilling() || decoding().sum(endings_.front().iteration - passed_) < time - now_;
}

void ContinuousBatch::list(std::vector<Request>& requests) const {
  for (auto i = static_cast<std::size_t>(head_); i < prefilled_.size(); ++i) requests.push_back(prefilled_[i].request);
  for (const Ending& ending : endings_) requests.push_back(decoded_[ending.slot].request);
}

ContinuousBatch::Stretch ContinuousBatch::decode(double until, std::vector<ServedRequest>& ended) {
  const auto k = static_cast<std::int64_t>(endings_.size());
  const Series series = decoding();
  const std::int64_t n = series.that_last(until - now_, endings_.front().iteration - passed_);
  pass(n, series.sum(n));
  end_requests(ended);
  return {n, n * k};
}

void ContinuousBatch::pass(std::int64_t iterations, double seconds) {
  now_ += seconds;
  passed_ += iterations;
  context_ += iterations * static_cast<std::int64_t>(endings_.size());
}

namespace {

/// std::*_heap keep the largest in front: the one that ends first.
constexpr auto kEndsLater = [](const auto& a, const auto& b) {
  return a.iteration != b.iteration ? a.iteration > b.iteration : a.order > b.order;
};

}  // namespace

void ContinuousBatch::end_requests(std::vector<ServedRequest>& ended) {
  while (!endings_.empty() && endings_.front().iteration == passed_) {
    const std::size_t slot = endings_.front().slot;
    std::pop_heap(endings_.begin(), endings_.end(), kEndsLater);
    endings_.pop_back();
    ServedRequest& one = decoded_[slot];
    one.finished = now_;
    context_ -= one.request.input_tokens + one.request.output_tokens;
    release(one.request);
    ended.push_back(one);
    free_slots_.push_back(slot);
  }
}

std::int64_t ContinuousBatch::start_decoding(std::vector<ServedRequest>& ended) {
  std::int64_t started = 0;
  for (; prefilling(); ++head_, ++started) {
    const Prefilled& one = prefilled_[static_cast<std::size_t>(head_)];
    if (one.done < one.request.input_tokens) break;
    const ServedRequest served{one.request, now_, now_};
    if (served.request.output_tokens == 1) {
      release(served.request);
      ended.push_back(served);
      continue;
    }
    std::size_t slot = decoded_.size();
    if (free_slots_.empty()) {
      decoded_.push_back(served);
    } else {
      slot = free_slots_.back();
      free_slots_.pop_back();
      decoded_[slot] = served;
    }
    context_ += served.request.input_tokens + 1;
    endings_.push_back({passed_ + served.request.output_tokens - 1, first_tokens_++, slot});
    std::push_heap(endings_.begin(), endings_.end(), kEndsLater);
  }
  if (!prefilling()) {
    prefilled_.clear();
    head_ = 0;
  }
  return started;
}

void ContinuousBatch::release(const Request& request) {
  reserved_ -= held_half_tokens(request);
}

}  // namespace gigasim::models
