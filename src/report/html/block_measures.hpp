#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "result.hpp"
#include "text_table.hpp"

/// Tables on blocks of results.json, in which the results of a page stand below each other.
namespace gigasim::report::html {

/// A column: a number of each block, in words.
struct BlockMeasure {
  std::string_view header, path;
  std::string (*text)(double value);
  bool rare = false;  ///< left out where it is 0 in all rows
};

/// A row: what names it, and its block of a result.
struct MeasuredRow {
  std::vector<Cell> lead;
  const Result* result = nullptr;
  const Json* block = nullptr;
};

/// A number that is not there is a dash; a column of dashes alone is left out. `lead` are the columns of the cells that
/// name a row; behind the first of them stands the result where the page has several.
[[nodiscard]] TextTable measure_table(std::vector<Column> lead, const std::vector<MeasuredRow>& rows,
                                      std::span<const BlockMeasure> measures, bool several_results);

/// The rows of an array of named blocks: by name, then by result.
[[nodiscard]] std::vector<MeasuredRow> rows_of_array(const Results& results, std::string_view json_array);
/// A row for each result, of its network.
[[nodiscard]] std::vector<MeasuredRow> rows_of_network(const Results& results, std::string_view name);

/// Sentences as one paragraph of the answer; with several results the result's name before them.
[[nodiscard]] std::string told(const Results& results, std::string (*sentences)(const Json& results));

/// "7.76 billion", "52.3 million", "1,234": a sentence is read, not reckoned with.
[[nodiscard]] std::string large_number(double value);

[[nodiscard]] std::string plain_number(double value);
[[nodiscard]] std::string token_number(double value);
[[nodiscard]] std::string flop_number(double value);

}  // namespace gigasim::report::html
