#include "../privilege_effects.hpp"
#include "markup.hpp"
#include "sections.hpp"

namespace gigasim::report::html {

std::string privileges_part(const Results& results) {
  const TextTable effects = privileges_table(summaries(results), labels(results));
  if (effects.rows.empty()) return {};
  return paragraph(
             "Some jobs have a right before others: accelerators kept for them, or a place ahead in the queue. The "
             "twin is the result without such rights that met the same jobs; against it stands what the right gives to "
             "those who have it and what the others pay for it.") +
         table(effects, "Those with a privilege and the others");
}

}  // namespace gigasim::report::html
