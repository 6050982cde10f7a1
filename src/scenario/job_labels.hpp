#pragma once

#include <string>
#include <vector>

#include "group_names.hpp"
#include "type.hpp"

/// Labels that say whose jobs are meant: "user_type=sme", "access_class=...", "stream=...".
namespace gigasim::scenario {

[[nodiscard]] Type<std::string> label_text();
/// Whether the jobs of a stream carry a label.
[[nodiscard]] bool carries(const Stream& stream, const std::string& label);
/// Complains of labels that no job carries. `owner` is what belongs to them: "a privilege belongs to".
void check_labels(const Setting<std::vector<std::string>>& labels, const std::string& owner, const GroupNames& groups,
                  Context& context);

}  // namespace gigasim::scenario
