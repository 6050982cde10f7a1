#pragma once

#include "gigasim/scenario/load.hpp"
#include "gigasim/workload/import.hpp"
#include "logs.hpp"

/// Converting small logs of other programs.
namespace converting {

inline std::string without_folder(std::string text) {
  const std::string folder = std::filesystem::temp_directory_path() / ("gigasim-workload-" + std::to_string(getpid()));
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder)) text.erase(at, folder.size() + 1);
  return text;
}

inline gigasim::workload::NeutralTable convert(std::string_view format, std::string_view text,
                                               const gigasim::workload::ImportOptions& options = {}) {
  const logs::Folder folder;
  auto table = gigasim::workload::convert_log(format, folder.write("log", text), options);
  for (std::string& warning : table.report.warnings) warning = without_folder(warning);
  return table;
}

/// The table without its first line and its heading.
inline std::string rows_of(const gigasim::workload::NeutralTable& table) {
  return table.csv.substr(table.csv.find('\n', table.csv.find('\n') + 1) + 1);
}

inline std::string errors_in(std::string_view format, std::string_view text,
                             gigasim::workload::ImportOptions options = {}) {
  options.strict = true;
  try {
    (void)convert(format, text, options);
  } catch (const gigasim::scenario::ScenarioError& error) {
    std::string all;
    for (const std::string& message : error.messages()) all += (all.empty() ? "" : "\n") + without_folder(message);
    return all;
  }
  return "no error";
}

}  // namespace converting
