#include "job_labels.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {

Type<std::string> label_text() {
  Type<std::string> type;
  type.written = "`key=value`, e.g. `user_type=sme`";
  type.schema = {{"type", "string"}, {"pattern", "^[^=]+=.+$"}};
  type.read = [](const YamlNode& node, Context& context) -> Setting<std::string> {
    const auto sign = node.is_scalar() ? node.text.find('=') : std::string::npos;
    if (sign != std::string::npos && sign > 0 && sign + 1 < node.text.size()) return given(node.text, node);
    expected("a label such as user_type=sme", node, context);
    return {};
  };
  type.print = [](const std::string& value) { return yaml_text(value); };
  return type;
}

bool carries(const Stream& stream, const std::string& label) {
  if (label == "stream=" + stream.name) return true;
  if (!stream.access_class.empty() && label == "access_class=" + stream.access_class) return true;
  return std::any_of(stream.labels.begin(), stream.labels.end(),
                     [&](const auto& own) { return label == fmt::format("{}={}", own.first, own.second); });
}

void check_labels(const Setting<std::vector<std::string>>& labels, const std::string& owner, const GroupNames& groups,
                  Context& context) {
  if (!labels) return;
  for (const std::string& label : *labels) {
    const auto sign = label.find('=');
    const std::string key = label.substr(0, sign);
    if (key == "site" || key == "origin" || key == "quarter" || key == "year") {
      context.error(labels.origin, fmt::format("{} a label, an access_class or a stream, got {}", owner,
                                               shown(std::string_view{key})));
    } else if (const std::string problem = groups.complaint(key, label.substr(sign + 1)); !problem.empty()) {
      context.error(labels.origin, problem);
    }
  }
}

}  // namespace gigasim::scenario
