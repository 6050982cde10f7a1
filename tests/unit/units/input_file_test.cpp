#include "gigasim/units/input_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

namespace fs = std::filesystem;
using namespace gigasim::units;

TEST_CASE("only regular files are read: not folders, pipes or devices", "[units][files]") {
  const fs::path folder = fs::temp_directory_path() / ("gigasim-input-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const fs::path file = folder / "a";
  std::ofstream{file} << "x";
  fs::create_symlink(file, folder / "soft");
  fs::create_hard_link(file, folder / "hard");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(why_not_a_file(file).empty());
  CHECK(why_not_a_file(folder / "soft").empty());
  CHECK(why_not_a_file(folder) == "is a directory");
  CHECK(why_not_a_file(folder / "pipe") == "is a named pipe, not a file");
  CHECK(why_not_a_file("/dev/zero") == "is a device, not a file");
  CHECK(why_not_a_file(folder / "none") == "file not found");
  CHECK(is_same_file(file, folder / "soft"));
  CHECK(is_same_file(file, folder / "hard"));
  CHECK_FALSE(is_same_file(file, folder / "none"));
  CHECK_FALSE(is_same_file(folder / "none", folder / "none"));
  fs::remove_all(folder);
}
