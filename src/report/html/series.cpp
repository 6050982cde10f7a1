#include "series.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <optional>
#include <string_view>

#include "gigasim/units/calendar.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::report::html {
namespace {

constexpr double kHour = 3600.0;
constexpr std::size_t kNumbers = 4;  ///< columns after time and site

/// The last cells of a line, which are numbers and so never quoted, whatever the site before them is called.
std::optional<std::array<double, kNumbers>> trailing_numbers(std::string_view line) {
  std::array<double, kNumbers> numbers{};
  for (std::size_t i = kNumbers; i-- > 0;) {
    const std::size_t comma = line.rfind(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto number = units::parse_number(line.substr(comma + 1));
    if (!number) return std::nullopt;
    numbers.at(i) = *number;
    line = line.substr(0, comma);
  }
  return numbers;
}

/// The moment of a line's first cell. Lines of one hour follow each other, so that most need no reading.
class Clock {
 public:
  std::optional<double> read(std::string_view line) {
    const std::string_view text = line.substr(0, line.find(','));
    if (text == text_) return moment_;
    text_ = text;
    const auto date = units::parse_date(text);
    moment_ = date ? std::optional{static_cast<double>(date->best.unix_seconds)} : std::nullopt;
    return moment_;
  }

 private:
  std::string text_;
  std::optional<double> moment_;
};

/// Reads one row, which takes several lines where a site's name holds line breaks.
bool next_row(std::istream& in, std::string& row) {
  if (!std::getline(in, row)) return false;
  std::string more;
  while (std::count(row.begin(), row.end(), '"') % 2 != 0 && std::getline(in, more)) row += '\n' + more;
  return true;
}

void add(NetworkHour& sum, const NetworkHour& more) {
  sum.queue_length += more.queue_length;
  sum.busy += more.busy;
  sum.online += more.online;
}

NetworkHour mean(const std::vector<NetworkHour>& hours, std::size_t begin, std::size_t end) {
  NetworkHour sum;
  for (std::size_t i = begin; i < end; ++i) add(sum, hours[i]);
  const auto count = static_cast<double>(end - begin);
  return {sum.queue_length / count, sum.busy / count, sum.online / count};
}

std::size_t hours_per_step(std::size_t hours, std::size_t most) {
  for (const std::size_t step : {1U, 2U, 3U, 6U, 12U, 24U, 48U, 168U}) {
    if ((hours + step - 1) / step <= most) return step;
  }
  constexpr std::size_t kWeek = 168;
  return (hours / most / kWeek + 1) * kWeek;
}

}  // namespace

NetworkSeries read_series(const std::filesystem::path& file, double begin, double end) {
  NetworkSeries series{begin, kHour, {}};
  std::ifstream in{file, std::ios::binary};
  Clock clock;
  std::string row;
  while (next_row(in, row)) {
    const auto moment = clock.read(row);
    if (!moment || *moment < begin || *moment >= end) continue;
    const auto numbers = trailing_numbers(row);
    if (!numbers) continue;
    const auto index = static_cast<std::size_t>((*moment - begin) / kHour);
    if (index >= series.at.size()) series.at.resize(index + 1);
    add(series.at[index], {(*numbers)[0], (*numbers)[1], (*numbers)[2]});
  }
  return series;
}

NetworkSeries coarser(const NetworkSeries& series, std::size_t most) {
  const std::size_t step = hours_per_step(series.at.size(), most);
  NetworkSeries means{series.begin, series.step * static_cast<double>(step), {}};
  for (std::size_t i = 0; i < series.at.size(); i += step) {
    means.at.push_back(mean(series.at, i, std::min(i + step, series.at.size())));
  }
  return means;
}

}  // namespace gigasim::report::html
