#include "output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "gigasim/report/report.hpp"
#include "gigasim/units/input_file.hpp"

namespace gigasim::report {
namespace {

/// Some file systems have no fsync; they say so, and there is nothing to wait for.
bool flushed(int file) {
  return ::fsync(file) == 0 || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP;
}

}  // namespace

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void fail_output(std::string_view action, const std::filesystem::path& shown, int error) {
  const bool resource_limit = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw OutputError(fmt::format("cannot {} {}: {}", action, shown.string(), std::generic_category().message(error)),
                    resource_limit);
}

NewFile::NewFile(const std::filesystem::path& file, std::filesystem::path shown) : shown_(std::move(shown)) {
  constexpr mode_t kReadableByAll = 0666;  // less the user's umask
  descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kReadableByAll);
  if (descriptor_ < 0) fail_output("write", shown_, errno);
}

NewFile::~NewFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void NewFile::append(std::string_view content) {
  if (!write_all(descriptor_, content)) fail_output("write", shown_, errno);
  bytes_ += content.size();
  digest_.add(content);
}

void NewFile::close() {
  // Network file systems report a full disk at the end.
  if (!flushed(descriptor_) || ::close(std::exchange(descriptor_, -1)) != 0) fail_output("write", shown_, errno);
}

void write_file(const std::filesystem::path& file, const std::filesystem::path& shown, std::string_view content) {
  NewFile written{file, shown};
  written.append(content);
  written.close();
}

void flush_folder(const std::filesystem::path& directory, const std::filesystem::path& shown) {
  const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;  // a folder may be writable and yet not readable
  const int error = flushed(folder) ? 0 : errno;
  ::close(folder);
  if (error != 0) fail_output("write", shown, error);
}

void refuse_to_overwrite(const std::filesystem::path& output, std::span<const std::filesystem::path> inputs) {
  namespace fs = std::filesystem;
  std::error_code error;
  const bool is_folder = fs::is_directory(output, error);
  for (const fs::path& input : inputs) {
    bool same = units::is_same_file(output, input);
    if (is_folder && fs::exists(input, error)) {
      // The name that was given and the file behind links: the replaced folder would take either away.
      for (fs::path up : {fs::absolute(input).parent_path(), fs::canonical(input, error).parent_path()}) {
        for (; !same && up.has_relative_path(); up = up.parent_path()) same = units::is_same_file(output, up);
      }
    }
    if (same) {
      throw OutputError(
          fmt::format("cannot write {}: it would overwrite the input {}", output.string(), input.string()), false);
    }
  }
}

void replace_file(const std::filesystem::path& path, std::string_view content) {
  namespace fs = std::filesystem;
  const fs::path target = fs::absolute(path);
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  if (error) fail_output("create the folder for", path, error.value());
  const fs::path temporary = fmt::format("{}.tmp-{}", target.string(), ::getpid());
  fs::remove(temporary, error);
  try {
    write_file(temporary, path, content);
    if (::rename(temporary.c_str(), target.c_str()) != 0) fail_output("replace", path, errno);
    flush_folder(target.parent_path(), path);
  } catch (...) {
    fs::remove(temporary, error);
    throw;
  }
}

}  // namespace gigasim::report
