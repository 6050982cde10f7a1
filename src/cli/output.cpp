#include "output.hpp"

#include <cerrno>
#include <cstdio>
#include <string_view>
#include <system_error>

#include "gigasim/report/files.hpp"
#include "gigasim/units/printable.hpp"

namespace gigasim::cli {
namespace {

bool write_whole(const std::string& text, std::FILE* stream) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
}

/// What may go to a terminal: the colours that reports are written in stay, no other control sequence.
std::string safe(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t begin = text.find("\x1b[");
    out += units::printable(text.substr(0, begin), units::LineFeeds::kKeep);
    if (begin == std::string_view::npos) break;
    const std::size_t end = text.find_first_not_of("0123456789;", begin + 2);
    const bool colour = end != std::string_view::npos && text[end] == 'm';
    out += colour ? text.substr(begin, end + 1 - begin) : "?[";
    text.remove_prefix(colour ? end + 1 : begin + 2);
  }
  return out;
}

}  // namespace

void print(const std::string& text) {
  print_as_is(safe(text));
}

void print_as_is(const std::string& text) {
  // A reader that has seen enough (`| head -1`) is no error, and what is still to be written to files is written.
  static bool closed = false;
  if (closed || write_whole(text, stdout)) return;
  closed = errno == EPIPE;
  if (!closed) report::fail_output("write", "to standard output", errno);
}

report::Format report_format(const std::string& word) {
  if (word == "json") return report::Format::kJson;
  if (word == "csv") return report::Format::kCsv;
  return word == "md" ? report::Format::kMarkdown : report::Format::kTable;
}

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::FILE* const stream = std::fopen(file.c_str(), "we");
  if (stream == nullptr) report::fail_output("write", file, errno);
  const int error = write_whole(text, stream) ? 0 : errno;
  const int late_error = std::fclose(stream) == 0 ? 0 : errno;
  if (error == 0 && late_error == 0) return;
  std::error_code ignored;
  // A device such as /dev/full stays.
  if (std::filesystem::is_regular_file(file, ignored)) std::filesystem::remove(file, ignored);
  report::fail_output("write", file, error != 0 ? error : late_error);
}

}  // namespace gigasim::cli
