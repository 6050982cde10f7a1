#include "log_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "gigasim/scenario/load.hpp"
#include "gigasim/units/digest.hpp"
#include "gunzip.hpp"

namespace gigasim::workload {
namespace {

constexpr std::size_t kReadBlock = 1U << 20U;

[[noreturn]] void fail(const std::string& path, std::string_view problem) {
  throw scenario::ScenarioError{{fmt::format("{}: {}", path, problem)}};
}

[[noreturn]] void fail_to_read(const std::string& path) {
  fail(path, "cannot be read: " + std::generic_category().message(errno));
}

/// Reads to the end rather than asking for the size: a log may come through a pipe.
std::string read_bytes(const std::string& path) {
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, Close> file{std::fopen(path.c_str(), "rb")};
  if (!file) fail_to_read(path);
  std::string bytes;
  for (std::size_t size = 0;;) {
    bytes.resize(size + kReadBlock);
    const std::size_t got = std::fread(bytes.data() + size, 1, kReadBlock, file.get());
    size += got;
    if (size > kLongestLog) fail(path, "more than 1 GiB of text");
    if (got == kReadBlock) continue;
    if (std::ferror(file.get()) != 0) fail_to_read(path);
    bytes.resize(size);
    return bytes;
  }
}

std::string_view problem_of(GunzipProblem problem) {
  switch (problem) {
    case GunzipProblem::kTruncated:
      return "the file is truncated";
    case GunzipProblem::kDamaged:
      return "the file is damaged";
    default:
      return "more than 1 GiB of text";
  }
}

}  // namespace

LogFile read_log_file(const std::string& path) {
  LogFile log;
  log.text = read_bytes(path);
  log.digest = units::sha256_hex(log.text);
  if (!looks_like_gzip(log.text)) return log;
  Gunzipped unpacked = gunzip(log.text, kLongestLog);
  if (unpacked.problem != GunzipProblem::kNone) {
    fail(path,
         fmt::format("gzip data end after {} bytes of text: {}", unpacked.text.size(), problem_of(unpacked.problem)));
  }
  log.text = std::move(unpacked.text);
  return log;
}

}  // namespace gigasim::workload
