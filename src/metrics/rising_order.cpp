#include "rising_order.hpp"

#include <array>
#include <bit>
#include <numeric>

namespace gigasim::metrics {
namespace {

constexpr unsigned kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;

struct Keyed {
  std::uint64_t key;
  std::uint32_t position;
};

std::size_t digit(std::uint64_t key, unsigned shift) {
  return (key >> shift) % kDigits;
}

/// Sorts stably by one digit; does nothing when all values share it.
void sort_by_digit(std::vector<Keyed>& values, std::vector<Keyed>& scratch, unsigned shift) {
  std::array<std::size_t, kDigits> next{};
  for (const Keyed& value : values) ++next[digit(value.key, shift)];
  if (next[digit(values.front().key, shift)] == values.size()) return;
  std::exclusive_scan(next.begin(), next.end(), next.begin(), std::size_t{0});
  for (const Keyed& value : values) scratch[next[digit(value.key, shift)]++] = value;
  values.swap(scratch);
}

}  // namespace

std::vector<std::uint32_t> rising_order(std::span<const double> values) {
  std::vector<Keyed> keyed;
  keyed.reserve(values.size());
  for (const double value : values) {
    // Adding zero turns -0 into 0, whose bits are the smallest.
    keyed.push_back({std::bit_cast<std::uint64_t>(value + 0.0), static_cast<std::uint32_t>(keyed.size())});
  }
  if (!keyed.empty()) {
    std::vector<Keyed> scratch(keyed.size());
    for (unsigned shift = 0; shift < 64; shift += kDigitBits) sort_by_digit(keyed, scratch, shift);
  }
  std::vector<std::uint32_t> order;
  order.reserve(keyed.size());
  for (const Keyed& value : keyed) order.push_back(value.position);
  return order;
}

}  // namespace gigasim::metrics
