#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gigasim::units {

/// Whether line feeds may stay in a text that is to be shown.
enum class LineFeeds : std::uint8_t { kKeep, kReplace };

/// Makes a text safe to show in a terminal, an annotation of a CI system or a log: control characters (C0, DEL, C1),
/// marks that change the direction of text, line and paragraph separators, invisible format characters and bytes that
/// are not UTF-8 become `?`; a tab becomes a space. All other text stays as it is.
///
/// Texts of files, of the command line and of the environment pass through here where messages are printed.
[[nodiscard]] std::string printable(std::string_view text, LineFeeds line_feeds = LineFeeds::kReplace);

}  // namespace gigasim::units
