#include "diagnostics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "gigasim/units/printable.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::scenario {
namespace {

constexpr std::size_t kMostLines = 100;  // of one load: beyond that a file is not a scenario with mistakes

}  // namespace

namespace {

/// Each message is one line, whatever the files hold that it quotes.
std::vector<std::string> in_lines(std::vector<std::string> messages) {
  for (std::string& message : messages) message = units::printable(message);
  return messages;
}

}  // namespace

ScenarioError::ScenarioError(std::vector<std::string> messages)
    : std::runtime_error(fmt::format("{}", fmt::join(in_lines(messages), "\n"))),
      messages_(in_lines(std::move(messages))) {}

void Diagnostics::add(std::vector<Problem>& problems, const Origin& at, std::string_view path,
                      std::string_view problem) {
  problems.push_back({at, std::string{path}, std::string{problem}});
}

bool Diagnostics::has_errors_under(std::string_view key) const {
  return std::any_of(errors_.begin(), errors_.end(), [&](const Problem& problem) {
    const std::string_view path = problem.path;
    return path.starts_with(key) && (path.size() == key.size() || path[key.size()] == '.' || path[key.size()] == '[');
  });
}

std::vector<std::string> Diagnostics::lines(std::vector<Problem> problems) {
  std::map<std::string, std::size_t> rank;  // files in the order in which they were first complained about
  const auto source = [](const Problem& p) { return p.at.source ? *p.at.source : std::string{}; };
  for (const Problem& problem : problems) rank.emplace(source(problem), rank.size());
  std::stable_sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) {
    const auto key = [&](const Problem& p) {
      return std::tuple{p.at.kind, rank.at(source(p)), p.at.line, p.at.column};
    };
    return key(a) < key(b);
  });
  std::vector<std::string> result;
  std::set<std::pair<std::string, std::string>> said;
  for (const Problem& problem : problems) {
    std::pair<std::string, std::string> what{place(problem.at), problem.text};
    const std::string path = problem.path.empty() ? "" : problem.path + ": ";
    std::string line = fmt::format("{}: {}{}", what.first, path, what.second);
    if (said.insert(std::move(what)).second) result.push_back(std::move(line));
  }
  if (result.size() > kMostLines) {
    const std::size_t more = result.size() - kMostLines;
    result.resize(kMostLines);
    result.push_back(fmt::format("{}: and {} more", source(problems.back()), more));
  }
  return result;
}

Context::Step Context::enter(std::string_view key) {
  const std::size_t length = path_.size();
  if (!path_.empty()) path_ += '.';
  path_ += shown(key);
  return {path_, length};
}

Context::Step Context::enter_item(const YamlNode& item, std::size_t index) {
  return enter_named(item_label(item, index));
}

Context::Step Context::enter_named(std::string_view name) {
  const std::size_t length = path_.size();
  path_ += fmt::format("[{}]", name);
  return {path_, length};
}

std::string item_label(const YamlNode& item, std::size_t index) {
  const std::string_view name = item.is_map() ? item.text_of("name") : std::string_view{};
  const bool usable = !name.empty() && name.size() <= 40 && name.find_first_of("[]\n\t ") == std::string_view::npos;
  return usable ? std::string{name} : std::to_string(index);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = units::nearest(word, candidates);
  return near ? fmt::format(" (did you mean \"{}\"?)", *near) : std::string{};
}

std::string did_you_mean_or_known(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = did_you_mean(word, candidates);
  return near.empty() ? fmt::format(" (known: {})", fmt::join(candidates, ", ")) : near;
}

}  // namespace gigasim::scenario
