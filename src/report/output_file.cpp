#include "output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "gigasim/report/report.hpp"

namespace gigasim::report {
namespace {

/// An open file that is closed on every way out.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;

  [[nodiscard]] int number() const { return number_; }
  /// Closes now, to hear of an error: network file systems report a full disk here.
  [[nodiscard]] bool close() {
    const int number = number_;
    number_ = -1;
    return ::close(number) == 0;
  }

 private:
  int number_;
};

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

void write_file(const std::filesystem::path& file, const std::filesystem::path& shown, std::string_view content) {
  constexpr mode_t kReadableByAll = 0666;  // less the user's umask
  Descriptor open_file{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kReadableByAll)};
  if (open_file.number() < 0 || !write_all(open_file.number(), content) || !flushed(open_file.number()) ||
      !open_file.close()) {
    fail_output("write", shown, errno);
  }
}

void flush_folder(const std::filesystem::path& directory, const std::filesystem::path& shown) {
  const Descriptor open_folder{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (open_folder.number() < 0) return;  // a folder may be writable and yet not readable
  if (!flushed(open_folder.number())) fail_output("write", shown, errno);
}

void replace_file(const std::filesystem::path& file, std::string_view content) {
  namespace fs = std::filesystem;
  const fs::path target = fs::absolute(file);
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  if (error) fail_output("create the folder for", file, error.value());
  const fs::path temporary = fmt::format("{}.tmp-{}", target.string(), ::getpid());
  fs::remove(temporary, error);
  try {
    write_file(temporary, file, content);
    if (::rename(temporary.c_str(), target.c_str()) != 0) fail_output("replace", file, errno);
    flush_folder(target.parent_path(), file);
  } catch (...) {
    fs::remove(temporary, error);
    throw;
  }
}

}  // namespace gigasim::report
