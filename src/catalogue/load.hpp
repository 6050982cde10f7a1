#pragma once

#include <string>
#include <vector>

#include "embedded.hpp"
#include "gigasim/catalogue/table.hpp"
#include "kinds.hpp"

namespace gigasim::catalogue {

/// Returns the text of a table in one piece.
[[nodiscard]] std::string whole_text(const EmbeddedTable& table);

/// Parses the text of one kind's table. Throws std::logic_error when the header is not as the kind declares it, a row
/// has not as many cells as the header, or an id stands twice. What the cells hold is not looked at: a test does so.
[[nodiscard]] Table load_table(const Kind& kind, const std::string& text);

/// The built-in tables.
[[nodiscard]] std::vector<Table>& builtin_tables();

/// The tables behind tables(): only ScopedColumnChange writes to them.
[[nodiscard]] std::vector<Table>& loaded_tables();

/// Returns the digest of a set of tables: SHA-256 over their names and texts.
[[nodiscard]] std::string digest_of(std::span<const EmbeddedTable> tables);

}  // namespace gigasim::catalogue
