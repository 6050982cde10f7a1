#include "gigasim/units/digest.hpp"

#include <sha2.h>

#include <array>

namespace gigasim::units {

std::string sha256_hex(std::string_view bytes) {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> hex{};
  SHA256Data(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hex.data());
  return hex.data();
}

}  // namespace gigasim::units
