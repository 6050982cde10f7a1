#include "json_log.hpp"

#include <cmath>
#include <cstddef>
#include <iterator>

namespace gigasim::workload {
namespace {

/// A text that the parser pulls byte by byte, and that knows where it is.
class PlacedText {
 public:
  // The names that std::iterator_traits asks for.
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  PlacedText(const char* at, TextPlace* place) : at_(at), place_(place) {}
  reference operator*() const { return *at_; }
  PlacedText& operator++() {
    const bool line_end = *at_ == '\n';
    place_->column = line_end ? 1 : place_->column + 1;
    if (line_end) ++place_->line;
    ++at_;
    return *this;
  }
  friend bool operator==(const PlacedText& a, const PlacedText& b) { return a.at_ == b.at_; }
  friend bool operator!=(const PlacedText& a, const PlacedText& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  TextPlace* place_;
};

/// What the parser says is wrong, without its own account of the place.
std::string problem_of_json(std::string_view message) {
  if (const std::size_t at = message.find("] "); at != std::string_view::npos) message.remove_prefix(at + 2);
  if (message.starts_with("parse error")) message.remove_prefix(std::min(message.find(": ") + 2, message.size()));
  return "not JSON: " + std::string{message.substr(0, message.find(';'))};
}

}  // namespace

void read_json(std::string_view text, ImportErrors& errors, const std::function<bool(const JsonEvent&)>& hear) {
  TextPlace place{1, 1};
  const PlacedText begin{text.data(), &place};
  const PlacedText end{text.data() + text.size(), &place};
  std::string problem;
  try {
    const auto callback = [&](int depth, nlohmann::json::parse_event_t kind, nlohmann::json& value) {
      return hear({depth, kind, value, place});
    };
    [[maybe_unused]] const nlohmann::json rest = nlohmann::json::parse(begin, end, callback);
  } catch (const nlohmann::json::exception& error) {
    problem = problem_of_json(error.what());
  }
  if (!problem.empty()) errors.raise(place, problem);
}

std::optional<double> number_member(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::optional<std::string> text_member(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

}  // namespace gigasim::workload
