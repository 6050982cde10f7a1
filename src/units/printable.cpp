#include "gigasim/units/printable.hpp"

#include <algorithm>
#include <array>

#include "gigasim/units/utf8.hpp"

namespace gigasim::units {
namespace {

struct Range {
  char32_t first, last;
};

// Unicode 15: general categories Cc and Cf as far as terminals act on them, Zl and Zp, and the tag characters.
constexpr std::array kNeverShown{Range{0x00, 0x1F},     Range{0x7F, 0x9F},      Range{0xAD, 0xAD},
                                 Range{0x61C, 0x61C},   Range{0x180E, 0x180E},  Range{0x200B, 0x200F},
                                 Range{0x2028, 0x202E}, Range{0x2060, 0x206F},  Range{0xFEFF, 0xFEFF},
                                 Range{0xFFF9, 0xFFFB}, Range{0xE0000, 0xE007F}};

bool is_shown(const Character& character) {
  return character.valid() && std::none_of(kNeverShown.begin(), kNeverShown.end(), [&](const Range& range) {
           return character.code >= range.first && character.code <= range.last;
         });
}

}  // namespace

std::string printable(std::string_view text, LineFeeds line_feeds) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_character(text);
    const bool stays = is_shown(character) || (character.code == U'\n' && line_feeds == LineFeeds::kKeep);
    if (stays) {
      out += text.substr(0, character.length);
    } else {
      out += character.code == U'\t' ? ' ' : '?';
    }
    text.remove_prefix(character.length);
  }
  return out;
}

}  // namespace gigasim::units
