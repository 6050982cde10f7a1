#include "forked_runs.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <exception>
#include <map>
#include <stdexcept>
#include <thread>

namespace gigasim::constants {
namespace {

struct Child {
  std::size_t task = 0;
  int read_end = -1;
};

[[noreturn]] void work(const std::function<std::string()>& task, int write_end) {
  std::string text;
  try {
    text = task();
  } catch (const std::exception& error) {
    text = fmt::format("error: {}", error.what());
  }
  const bool written = write(write_end, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  _exit(written ? 0 : 1);  // not exit(): the parent's buffers and the test framework are not ours to flush
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = read(from, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  close(from);
  return text;
}

}  // namespace

std::vector<std::string> run_forked(const std::vector<std::function<std::string()>>& tasks) {
  std::vector<std::string> texts(tasks.size());
  std::map<pid_t, Child> running;
  const std::size_t most = std::max(1U, std::thread::hardware_concurrency());
  for (std::size_t next = 0; next < tasks.size() || !running.empty();) {
    if (next < tasks.size() && running.size() < most) {
      std::array<int, 2> ends{};
      if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
      const pid_t child = fork();
      if (child < 0) throw std::runtime_error("no process");
      if (child == 0) work(tasks[next], ends[1]);
      close(ends[1]);
      running[child] = {next++, ends[0]};
      continue;
    }
    int status = 0;
    const auto ended = running.find(waitpid(-1, &status, 0));
    if (ended == running.end()) throw std::runtime_error("lost a process");
    texts[ended->second.task] = read_all(ended->second.read_end);
    if (status != 0) texts[ended->second.task] = fmt::format("error: the process ended with status {}", status);
    running.erase(ended);
  }
  return texts;
}

}  // namespace gigasim::constants
