#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "gigasim/scenario/load.hpp"
#include "swf_import.hpp"

/// Small logs in a folder of their own, and what importing them says.
namespace logs {

/// A folder that is removed at the end.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("gigasim-workload-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string file(const std::string& name) const { return path_ / name; }
  std::string write(const std::string& name, std::string_view bytes) const {
    std::ofstream{file(name), std::ios::binary} << bytes;
    return file(name);
  }

 private:
  std::filesystem::path path_;
};

/// A machine of 100 accelerators and no end of the period.
inline gigasim::workload::ImportRules rules() {
  gigasim::workload::ImportRules rules;
  rules.largest_partition = 100;
  return rules;
}

inline gigasim::workload::ImportedLog import_text(std::string_view text,
                                                  const gigasim::workload::ImportRules& rules = logs::rules(),
                                                  double accelerators_per_processor = 1.0) {
  const Folder folder;
  return gigasim::workload::import_swf({folder.write("log.swf", text), "swf", accelerators_per_processor}, rules);
}

/// What the import of a file complains of, one message a line, with the folder's name taken out.
inline std::string errors_of(const std::string& path) {
  try {
    (void)gigasim::workload::import_swf({path, "swf", 1.0, true}, rules());
  } catch (const gigasim::scenario::ScenarioError& error) {
    const std::string folder = std::filesystem::path{path}.parent_path().string() + "/";
    std::string text;
    for (const std::string& message : error.messages()) {
      text += (text.empty() ? "" : "\n") + message;
      if (const auto at = text.find(folder); at != std::string::npos) text.erase(at, folder.size());
    }
    return text;
  }
  return "no error";
}

inline std::string errors_in(std::string_view text) {
  const Folder folder;
  return errors_of(folder.write("log.swf", text));
}

}  // namespace logs
