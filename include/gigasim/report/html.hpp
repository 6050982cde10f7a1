#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace gigasim::report {

namespace html {
struct Result;
}

/// One HTML page on one or several results, to be read, printed and forwarded: a single file with static drawings and
/// tables, without scripts and without anything from elsewhere. The same results give the same bytes.
class HtmlReport {
 public:
  /// More results do not fit beside each other.
  static constexpr std::size_t kMostResults = 8;

  /// Adds a result folder or a results.json; the first is what the others are compared with. Throws std::runtime_error
  /// with one clear line.
  void add(const std::filesystem::path& result);

  /// Throws std::logic_error without a result.
  [[nodiscard]] std::string page() const;

 private:
  std::vector<std::shared_ptr<const html::Result>> results_;
};

}  // namespace gigasim::report
