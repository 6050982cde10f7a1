#pragma once

#include <compare>

#include "gigasim/catalogue/catalogue.hpp"

namespace gigasim::models {

/// Number format of the matrix products; in the weight-only formats the weights alone are in 4 bits, and the products
/// are computed in BF16.
enum class Precision { kBf16, kFp8, kFp4, kMxfp4, kInt4 };

/// Whether only the weights are in this format. Such a model is served, not trained: gradients and their sums need more
/// bits.
[[nodiscard]] constexpr bool weight_only(Precision precision) {
  return precision == Precision::kMxfp4 || precision == Precision::kInt4;
}

/// Returns the bytes of one weight, scales and the layers that stay in 16 bits included: 2, 1, 0.5625, 0.5625, 0.5625.
[[nodiscard]] double weight_bytes(Precision precision);

/// What the formulas of docs/models/ai.md need of an accelerator. Rates are per device, in one direction.
struct Device {
  double bf16_flops = 0.0;        ///< dense peak, FLOP/s
  double fp8_flops = 0.0;         ///< 0: it has none
  double fp4_flops = 0.0;         ///< 0: it has none
  double matmul_fraction = 0.0;   ///< best measured matrix product over the peak, BF16
  bool matmul_measured = false;   ///< else the fraction is the one assumed for all that nobody measured
  double memory_bytes = 0.0;      ///< high-bandwidth memory
  double memory_rate = 0.0;       ///< bytes/s
  double scale_up_rate = 0.0;     ///< bytes/s to devices of the domain
  int scale_up_domain = 1;        ///< devices
  double scale_out_rate = 0.0;    ///< bytes/s to all others
  double serving_fraction = 1.0;  ///< matrix products in serving, relative to those of NVIDIA's parts

  /// Dense peak, FLOP/s; 0 when the device cannot compute in this format.
  [[nodiscard]] double peak(Precision precision) const;
  friend auto operator<=>(const Device&, const Device&) = default;
};

/// Reads a device from the catalogue. What the catalogue leaves empty is 0, the domain 1.
[[nodiscard]] Device device_of(const catalogue::Accelerator& accelerator);

}  // namespace gigasim::models
