#include "log_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "gigasim/scenario/load.hpp"
#include "gigasim/units/digest.hpp"
#include "gigasim/units/input_file.hpp"
#include "gunzip.hpp"

namespace gigasim::workload {
namespace {

constexpr std::size_t kReadBlock = 1U << 20U;
constexpr std::string_view kStandardInput = "-", kNameOfStandardInput = "standard input";

[[noreturn]] void fail(std::string_view path, std::string_view problem) {
  throw scenario::ScenarioError{{fmt::format("{}: {}", path, problem)}};
}

[[noreturn]] void fail_to_read(std::string_view path) {
  fail(path, "cannot be read: " + std::generic_category().message(errno));
}

/// Reads to the end rather than asking for the size: a log may come through a pipe.
std::string read_stream(std::FILE& file, std::string_view name) {
  std::string bytes;
  for (std::size_t size = 0;;) {
    bytes.resize(size + kReadBlock);
    const std::size_t got = std::fread(bytes.data() + size, 1, kReadBlock, &file);
    size += got;
    if (size > kLongestLog) fail(name, "more than 1 GiB of text");
    if (got == kReadBlock) continue;
    if (std::ferror(&file) != 0) fail_to_read(name);
    bytes.resize(size);
    return bytes;
  }
}

std::string read_bytes(const std::string& path) {
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  if (const std::string why = units::why_not_a_file(path); !why.empty() && why != "file not found") fail(path, why);
  const std::unique_ptr<std::FILE, Close> file{std::fopen(path.c_str(), "rb")};
  if (!file) fail_to_read(path);
  return read_stream(*file, path);
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

/// Takes the mark of UTF-8 away and makes line ends of carriage returns where there are no others.
void make_plain(std::string& text, const std::string& path) {
  constexpr std::string_view kMarkOfUtf8 = "\xef\xbb\xbf";
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    fail(path, "UTF-16 text: convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)");
  }
  if (text.starts_with(kMarkOfUtf8)) text.erase(0, kMarkOfUtf8.size());
  if (text.find('\n') == std::string::npos) std::replace(text.begin(), text.end(), '\r', '\n');
}

/// Standard input can be read once, and a tournament of policies reads its log several times.
const std::string& standard_input() {
  static const std::string bytes = read_stream(*stdin, kNameOfStandardInput);
  return bytes;
}

LogFile unpacked(const std::string& path) {
  const bool from_input = path == kStandardInput;
  LogFile log;
  log.text = from_input ? standard_input() : read_bytes(path);
  log.digest = units::sha256_hex(log.text);
  if (!looks_like_gzip(log.text)) return log;
  Gunzipped text = gunzip(log.text, kLongestLog);
  if (text.problem != GunzipProblem::kNone) {
    fail(name_of_log(path),
         fmt::format("gzip data end after {} bytes of text: {}", text.text.size(), problem_of(text.problem)));
  }
  log.text = std::move(text.text);
  return log;
}

}  // namespace

std::string name_of_log(const std::string& path) {
  return path == kStandardInput ? std::string{kNameOfStandardInput} : path;
}

LogFile read_log_file(const std::string& path) {
  LogFile log = unpacked(path);
  make_plain(log.text, name_of_log(path));
  return log;
}

}  // namespace gigasim::workload
