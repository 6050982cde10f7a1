#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gigasim::workload {

/// The most text that a log may hold, packed or not.
inline constexpr std::size_t kLongestLog = std::size_t{1} << 30U;

enum class GunzipProblem { kNone, kTruncated, kDamaged, kTooLong };

/// What came out of a gzip file, up to its problem.
struct Gunzipped {
  std::string text;
  GunzipProblem problem = GunzipProblem::kNone;
};

[[nodiscard]] bool looks_like_gzip(std::string_view bytes);

/// Unpacks gzip data of one or several members; zeros after the last one are padding.
[[nodiscard]] Gunzipped gunzip(std::string_view bytes, std::size_t longest);

}  // namespace gigasim::workload
