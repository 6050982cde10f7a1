#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/units/text.hpp"
#include "limits.hpp"
#include "type.hpp"

/// How single values are written.
namespace gigasim::scenario {

inline constexpr std::int64_t kLargestWhole = 1'000'000'000'000;
inline constexpr units::Seconds kLongestDuration{200 * 31557600.0};

/// Bounds of a number, with the words of the complaint: "at least 1".
struct Limits {
  std::optional<double> least, most;
  bool above_least = false;  ///< `least` itself is refused
  /// Where there is no `most`: what keeps sums finite. It is told to those only who come above it.
  double ceiling = limits::kNumber;
};
/// Returns what `value` should have been ("at least 1"), empty when it is within the limits.
[[nodiscard]] std::string breach(double value, const Limits& limits);
/// Digits in groups where there are many: "100,000,000".
[[nodiscard]] std::string number_in_words(double value);

[[nodiscard]] Type<std::string> text();        ///< one line
[[nodiscard]] Type<std::string> paragraph();   ///< may have several lines
[[nodiscard]] Type<std::string> identifier();  ///< small letters, digits, and . _ - after the first
[[nodiscard]] Type<std::string> file_path();
[[nodiscard]] Type<bool> yes();  ///< true or false
[[nodiscard]] Type<std::map<std::string, std::string>> labels();

[[nodiscard]] Type<std::int64_t> plain_whole(std::int64_t least, std::int64_t most = kLargestWhole);
[[nodiscard]] inline Type<std::int64_t> whole(std::int64_t least, std::int64_t most = kLargestWhole) {
  return ranged(plain_whole(least, most));
}
[[nodiscard]] inline Type<std::int64_t> accelerator_count() {
  return whole(1, limits::kAccelerators);
}
[[nodiscard]] Type<double> number(Limits limits);   ///< may be a range
[[nodiscard]] Type<double> percent(Limits limits);  ///< "80 %"; limits of the fraction; may be a range
[[nodiscard]] Type<double> percent_per_year();      ///< "30 % per year"; may be a range

[[nodiscard]] Type<units::Seconds> plain_duration(bool zero_allowed);
/// Time between two things that happen again and again: a second at least, so that a run has an end.
[[nodiscard]] Type<units::Seconds> interval();
[[nodiscard]] inline Type<units::Seconds> duration(bool zero_allowed) {
  return ranged(plain_duration(zero_allowed));
}
[[nodiscard]] Type<units::Watts> power(double most_watts = limits::kPowerW);
[[nodiscard]] Type<units::Bytes> data_volume(bool zero_allowed = false);
[[nodiscard]] Type<units::BytesPerSecond> bandwidth();                   ///< printed in bytes
[[nodiscard]] Type<units::BytesPerSecond> link_bandwidth();              ///< printed in bits, as links are sold
[[nodiscard]] Type<double> tokens(double most = limits::kTokensOfWork);  ///< "2e12 tokens"; may be a range
[[nodiscard]] Type<double> operations();                                 ///< "1e24 FLOP"; may be a range
[[nodiscard]] Type<double> accelerator_time();  ///< "1e6 accelerator-h", in accelerator-seconds; may be a range
[[nodiscard]] Type<units::PerSecond> job_rate();
[[nodiscard]] Type<units::PerSecond> request_rate();
[[nodiscard]] Type<units::PerSecond> project_rate();
[[nodiscard]] Type<units::PerSecond> node_failure_rate();  ///< of one node
[[nodiscard]] Type<units::PerSecond> outage_rate();
/// A number of `own`, a unit of any kind, or one that stands for itself ("ha/MW"), read in units of that kind; may be a
/// range. `example` shows how it is written.
[[nodiscard]] Type<double> amount(const std::string& own, double example, bool zero_allowed, double most);
[[nodiscard]] Type<units::UtcTime> date();  ///< vague dates become ranges
[[nodiscard]] Type<units::GeoPoint> location();

/// Reads a word of a fixed set; reports others with the nearest or all of them.
[[nodiscard]] std::optional<std::size_t> read_word(const YamlNode& node, const std::vector<std::string>& words,
                                                   Context& context);
/// "`a`, `b` or `c`"
[[nodiscard]] std::string words_in_prose(const std::vector<std::string>& words);

/// One of a few words, each meaning a T.
template <class T>
[[nodiscard]] Type<T> one_of(std::vector<std::pair<std::string, T>> choices) {
  std::vector<std::string> words;
  words.reserve(choices.size());
  for (const auto& [word, value] : choices) words.push_back(word);
  Type<T> type;
  type.written = words_in_prose(words);
  type.schema = {{"enum", words}};
  type.read = [choices, words](const YamlNode& node, Context& context) -> Setting<T> {
    const auto index = read_word(node, words, context);
    return index ? given(choices[*index].second, node) : Setting<T>{};
  };
  type.print = [choices](const T& value) {
    for (const auto& [word, meaning] : choices) {
      if (meaning == value) return word;
    }
    return std::string{};
  };
  return type;
}

/// Regular expression (ECMA 262) of a decimal number, for schemas.
[[nodiscard]] std::string number_pattern();
/// Reads a scalar as a finite number without quotes; reports anything else as not being `what`.
[[nodiscard]] std::optional<double> read_number(const YamlNode& node, const char* what, Context& context);
/// Reports `must be WHAT, got ...`.
void expected(const std::string& what, const YamlNode& node, Context& context);

}  // namespace gigasim::scenario
