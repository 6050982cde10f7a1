#pragma once

#include <functional>
#include <string>
#include <vector>

/// SimGrid runs once per process, and typed views of the catalogue are made once: every run has a process of its own.
namespace gigasim::constants {

/// Calls each of `tasks` in a forked process, as many at a time as the machine has processors, and returns what each
/// has returned, in order; "error: ..." for one that threw or died. A task's text must fit a pipe (64 KiB).
[[nodiscard]] std::vector<std::string> run_forked(const std::vector<std::function<std::string()>>& tasks);

}  // namespace gigasim::constants
