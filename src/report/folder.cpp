#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "decisions_csv.hpp"
#include "gigasim/report/report.hpp"
#include "jobs_csv.hpp"
#include "manifest.hpp"
#include "output_file.hpp"
#include "regional_csv.hpp"
#include "services_report.hpp"
#include "table_files.hpp"

namespace gigasim::report {
namespace {

namespace fs = std::filesystem;

/// The folder a user means, with symbolic links followed, so that renaming replaces the folder and not a link to it.
fs::path resolved(const fs::path& folder) {
  std::error_code error;
  fs::path path = fs::weakly_canonical(fs::absolute(folder), error);
  if (error) fail_output("write", folder, error.value());
  if (!path.has_filename()) path = path.parent_path();  // "results/"
  if (!path.has_filename()) throw OutputError("cannot write " + folder.string() + ": not a folder of its own", false);
  return path;
}

/// A neighbour of the folder that no other running gigasim uses.
fs::path neighbour(const fs::path& folder, const char* kind) {
  return folder.string() + "." + kind + "-" + std::to_string(::getpid());
}

void remove_quietly(const fs::path& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

/// Names of the files of an earlier result folder; nothing for any other folder.
std::optional<std::vector<std::string>> result_folder_files(const fs::path& folder) {
  std::ifstream file{folder / "manifest.json", std::ios::binary};
  if (!file) return std::nullopt;
  return files_in_manifest(std::string{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}});
}

/// Replacing a folder removes all that is in it: what the user put there must not go with it.
void check_contents(const fs::path& target, const fs::path& shown) {
  std::error_code error;
  const fs::directory_iterator entries{target, error};
  if (error) fail_output("read", shown, error.value());
  if (entries == fs::directory_iterator{}) return;
  const auto ours = result_folder_files(target);
  if (!ours) {
    throw OutputError(shown.string() + " exists and is not a gigasim result folder: refusing to replace it", false);
  }
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (std::find(ours->begin(), ours->end(), name) != ours->end()) continue;
    throw OutputError(shown.string() + " holds " + name + ", which gigasim did not write: refusing to replace it",
                      false);
  }
}

bool on_the_same_device(const fs::path& a, const fs::path& b) {
  struct stat of_a {};
  struct stat of_b {};
  return ::stat(a.c_str(), &of_a) != 0 || ::stat(b.c_str(), &of_b) != 0 || of_a.st_dev == of_b.st_dev;
}

void check_replaceable(const fs::path& target, const fs::path& shown) {
  std::error_code error;
  const fs::file_status status = fs::status(target, error);
  if (status.type() == fs::file_type::not_found) return;
  if (status.type() == fs::file_type::none) fail_output("write", shown, error.value());
  if (!fs::is_directory(status))
    throw OutputError("cannot write " + shown.string() + ": it exists and is not a folder", false);
  check_contents(target, shown);
  if (!on_the_same_device(target, target.parent_path())) {
    throw OutputError("cannot replace " + shown.string() + ": it is a mount point; name a folder inside it", false);
  }
}

/// Makes the folder under its temporary name. Leftovers there are from a run of ours that was killed.
void make_temporary(const fs::path& temporary, const fs::path& shown) {
  std::error_code error;
  fs::create_directories(temporary.parent_path(), error);
  if (error) fail_output("create the folder for", shown, error.value());
  remove_quietly(temporary);
  if (!fs::create_directory(temporary, error) && error) fail_output("write", shown, error.value());
}

/// Writes the files of a folder one after the other and keeps what its manifest says of them: none is held in memory
/// once it is written, and the longest never whole.
class FolderFiles {
 public:
  FolderFiles(fs::path folder, fs::path shown) : folder_(std::move(folder)), shown_(std::move(shown)) {}

  void add(const std::string& name, const std::function<void(const TextSink&)>& content) {
    NewFile file{folder_ / name, shown_ / name};
    content([&file](std::string_view piece) { file.append(piece); });
    file.close();
    written_.push_back({name, file.bytes(), file.sha256()});
  }
  void add(const std::string& name, std::string_view content) {
    add(name, [content](const TextSink& sink) { sink(content); });
  }
  [[nodiscard]] const std::vector<OutputFile>& written() const { return written_; }

 private:
  fs::path folder_, shown_;
  std::vector<OutputFile> written_;
};

/// The scenario with every default filled in, as a file of the result folder: what it reads is named from there.
std::string resolved_yaml(const scenario::Loaded& loaded, const metrics::Results& results, const fs::path& folder) {
  std::vector<fs::path> read;
  for (const scenario::InputFile& input : loaded.inputs) read.emplace_back(input.path);
  for (const workload::ImportReport& log : results.imports) read.emplace_back(log.file);
  scenario::Loaded named = loaded;
  for (scenario::Resolved& value : named.resolved) {
    if (!value.path.ends_with(".file") && !value.path.starts_with("catalogue.")) continue;
    const auto found = std::find_if(read.begin(), read.end(), [&](const fs::path& path) {
      return path.filename() == fs::path{value.value}.filename();
    });
    if (found != read.end()) value.value = fs::absolute(*found).lexically_normal().lexically_relative(folder).string();
  }
  return scenario::to_yaml(named);
}

void add_results(FolderFiles& files, const metrics::Results& results) {
  files.add("results.json", to_json(results));
  files.add("jobs.csv", [&results](const TextSink& sink) { write_jobs_csv(results, sink); });
  files.add("decisions.csv", decisions_csv(results));
  if (may_stop_jobs(results.scenario)) files.add("stopped_runs.csv", stopped_runs_csv(results));
  files.add("sites.csv", sites_csv(results));
  files.add("regional.csv", regional_csv(results));
  if (!results.services.empty()) files.add("services.csv", services_csv(results));
  files.add("timeseries.csv", timeseries_csv(results));
}

void rename_or_fail(const fs::path& from, const fs::path& to, const fs::path& shown) {
  if (std::rename(from.c_str(), to.c_str()) != 0) fail_output("replace", shown, errno);
}

/// Puts the new folder in the place of an old one and removes that. In one step where the file system can exchange two
/// names; else there is a moment without any, and the old one comes back if the new one cannot follow.
void exchange(const fs::path& temporary, const fs::path& target, const fs::path& shown) {
  if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) {
    remove_quietly(temporary);
    return;
  }
  const fs::path aside = neighbour(target, "old");
  remove_quietly(aside);
  rename_or_fail(target, aside, shown);
  if (std::rename(temporary.c_str(), target.c_str()) == 0) {
    remove_quietly(aside);
    return;
  }
  const int error = errno;
  rename_or_fail(aside, target, shown);
  fail_output("replace", shown, error);
}

void move_into_place(const fs::path& temporary, const fs::path& target, const fs::path& shown) {
  std::error_code ignored;
  if (!fs::exists(target, ignored)) {
    rename_or_fail(temporary, target, shown);
  } else {
    exchange(temporary, target, shown);
  }
  flush_folder(target.parent_path(), shown);
}

}  // namespace

void check_folder(const fs::path& folder) {
  const fs::path target = resolved(folder);
  check_replaceable(target, folder);
  // Only making a folder there tells for sure: file systems may be read-only, full, or refuse what permissions allow.
  const fs::path temporary = neighbour(target, "tmp");
  make_temporary(temporary, folder);
  remove_quietly(temporary);
}

void write_folder(const fs::path& folder, const metrics::Results& results, const scenario::Loaded& loaded,
                  const std::string& simgrid_version, const std::string& run_log) {
  const fs::path target = resolved(folder);
  check_replaceable(target, folder);
  const fs::path temporary = neighbour(target, "tmp");
  make_temporary(temporary, folder);
  try {
    FolderFiles files{temporary, folder};
    add_results(files, results);
    files.add("resolved.yaml", resolved_yaml(loaded, results, target));
    files.add("manifest.json", manifest_json(results, loaded, simgrid_version, files.written()));
    files.add("run.log", run_log);
    flush_folder(temporary, folder);
    move_into_place(temporary, target, folder);
  } catch (...) {
    remove_quietly(temporary);
    throw;
  }
}

}  // namespace gigasim::report
