#pragma once

#include <string>
#include <vector>

/// A user's own facts over the built-in ones: docs/catalogue.md.
namespace gigasim::catalogue {

/// The facts that lookups see. Editions live as long as the program.
using Edition = int;
inline constexpr Edition kBuiltIn = 0;

/// One table of a user.
struct OverlayFile {
  std::string kind;  ///< "accelerators"
  std::string file;  ///< as messages name it
  std::string text;
};

/// What is wrong with it.
struct OverlayProblem {
  std::string file;
  int line = 1, column = 1;
  std::string text;
};

/// Returns the built-in facts with the rows of `files` in the place of those of the same id, and after the others where
/// the id is new. Each file has the columns of the built-in table, in any order. The same files give the same edition.
/// With problems, these are added and the built-in edition is returned.
[[nodiscard]] Edition edition_with(const std::vector<OverlayFile>& files, std::vector<OverlayProblem>& problems);

[[nodiscard]] Edition edition_in_use();
/// All lookups from now on, in this process, see this edition.
void use_edition(Edition edition);

/// Uses an edition as long as it lives.
class ScopedEdition {
 public:
  explicit ScopedEdition(Edition edition) : before_(edition_in_use()) { use_edition(edition); }
  ~ScopedEdition();
  ScopedEdition(const ScopedEdition&) = delete;
  ScopedEdition& operator=(const ScopedEdition&) = delete;
  ScopedEdition(ScopedEdition&&) = delete;
  ScopedEdition& operator=(ScopedEdition&&) = delete;

 private:
  Edition before_;
};

}  // namespace gigasim::catalogue
