#pragma once

#include <string>
#include <string_view>

namespace gigasim::units {

/// Returns the SHA-256 digest of `bytes` as 64 hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace gigasim::units
