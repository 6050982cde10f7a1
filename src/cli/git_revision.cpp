#include "git_revision.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "commands.hpp"
#include "memory_file.hpp"

namespace gigasim::cli {

std::string file_at_revision(const std::filesystem::path& file, const std::string& revision) {
  const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
  const std::string object = fmt::format("{}:./{}", revision, file.filename().string());
  const MemoryFile out("git-output");
  const MemoryFile errors("git-errors");
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out.descriptor(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors.descriptor(), STDERR_FILENO);
  std::array<std::string, 6> words{"git", "-C", folder, "show", "--end-of-options", object};
  std::array<char*, 7> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  pid_t process = 0;
  const int failed = ::posix_spawnp(&process, "git", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    throw UsageError(fmt::format("git cannot be started: {}", std::generic_category().message(failed)));
  }
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return out.text();
  std::string reason = errors.text();
  while (reason.ends_with('\n')) reason.pop_back();
  throw UsageError(fmt::format("{} at revision {}: {}", file.string(), revision, reason));
}

}  // namespace gigasim::cli
