#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "command_info.hpp"
#include "commands.hpp"
#include "completion.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/units/text.hpp"
#include "man_page.hpp"

namespace gigasim::cli {
namespace {

/// Pages have no date, so that every build of a version writes the same bytes; a packager may set one
/// (https://reproducible-builds.org/specs/source-date-epoch).
std::string page_date() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr) return "";
  const auto seconds = units::parse_integer(epoch);
  if (!seconds) return "";
  constexpr std::size_t kDate = 10;
  return units::format_utc_long({*seconds}).substr(0, kDate);
}

std::string page_of(const CommandInfo& command, const CommandInfo& root) {
  return man_page(command, root, GIGASIM_VERSION, page_date());
}

ExitCode print_page(const CLI::App& app, const std::vector<std::string>& words) {
  const CommandInfo root = describe(app);
  const std::string wanted = fmt::format("{}", fmt::join(words, "-"));
  std::vector<std::string> known;
  for (const CommandInfo* command : flattened(root)) {
    known.push_back(command == &root ? "" : command->joined("-").substr(root.name().size() + 1));
    if (known.back() != wanted) continue;
    print_as_is(page_of(*command, root));
    return ExitCode::kSuccess;
  }
  const auto guess = units::nearest(wanted, known);
  throw UsageError(fmt::format("no subcommand is called \"{}\"{}", fmt::join(words, " "),
                               guess ? fmt::format(", did you mean \"{}\"?", *guess) : ""));
}

ExitCode write_pages(const CLI::App& app, const std::filesystem::path& folder) {
  const CommandInfo root = describe(app);
  std::error_code ignored;  // writing says it better
  std::filesystem::create_directories(folder, ignored);
  for (const CommandInfo* command : flattened(root)) {
    write_text(folder / (command->joined("-") + ".1"), page_of(*command, root));
  }
  return ExitCode::kSuccess;
}

ExitCode print_completion(const CLI::App& app, const std::string& shell) {
  const CommandInfo root = describe(app);
  print_as_is(shell == "bash" ? bash_completion(root) : shell == "zsh" ? zsh_completion(root) : fish_completion(root));
  return ExitCode::kSuccess;
}

}  // namespace

void add_help_commands(CLI::App& app, const GlobalOptions& /*options*/, Action& action) {
  auto* completion = app.add_subcommand("completion", "print the completion script of a shell");
  auto shell = std::make_shared<std::string>();
  completion->add_option("SHELL", *shell, "the shell")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  completion->callback([=, &app, &action] { action = [=, &app] { return print_completion(app, *shell); }; });

  auto* man = app.add_subcommand("man", "print the manual page of gigasim or of one of its subcommands, in roff");
  auto words = std::make_shared<std::vector<std::string>>();
  auto folder = std::make_shared<std::string>();
  man->add_option("COMMAND", *words, "a subcommand, as in `gigasim man catalogue list`");
  man->add_option("-o,--output", *folder, "write all pages into this folder instead")->type_name("DIR");
  man->callback([=, &app, &action] {
    action = [=, &app] {
      if (folder->empty()) return print_page(app, *words);
      if (!words->empty()) throw UsageError("COMMAND and --output exclude each other: --output writes all pages");
      return write_pages(app, *folder);
    };
  });
}

}  // namespace gigasim::cli
