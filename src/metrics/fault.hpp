#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

namespace gigasim::metrics {

/// The first thing that was wrong in the sequence of events. It is kept and thrown when the results are asked for,
/// because an exception must not unwind through SimGrid.
class Fault {
 public:
  template <class... Args>
  void raise(fmt::format_string<Args...> format, Args&&... args) {
    if (message_.empty()) message_ = fmt::format(format, std::forward<Args>(args)...);
  }
  [[nodiscard]] bool raised() const { return !message_.empty(); }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  std::string message_;
};

}  // namespace gigasim::metrics
