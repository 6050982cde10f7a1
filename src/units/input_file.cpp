#include "gigasim/units/input_file.hpp"

#include <system_error>

namespace gigasim::units {

namespace fs = std::filesystem;

std::string why_not_a_file(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  switch (status.type()) {
    case fs::file_type::regular:
      return "";
    case fs::file_type::directory:
      return "is a directory";
    case fs::file_type::fifo:
      return "is a named pipe, not a file";
    case fs::file_type::socket:
      return "is a socket, not a file";
    case fs::file_type::block:
    case fs::file_type::character:
      return "is a device, not a file";
    case fs::file_type::not_found:
      return "file not found";
    default:
      return error ? error.message() : "is not a file";
  }
}

bool is_same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  const bool same = fs::equivalent(a, b, error);
  return !error && same;
}

}  // namespace gigasim::units
