#include "output.hpp"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "gigasim/report/files.hpp"

namespace gigasim::cli {
namespace {

bool write_whole(const std::string& text, std::FILE* stream) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
}

}  // namespace

void print(const std::string& text) {
  if (!write_whole(text, stdout)) report::fail_output("write", "to standard output", errno);
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
