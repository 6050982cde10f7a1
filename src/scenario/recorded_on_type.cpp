#include "recorded_on_type.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "catalogue_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

Setting<RecordedOn> read_with_class(const YamlNode& node, Context& context) {
  static const std::vector<std::string> kKeys{"accelerator", "class"};
  bool good = true;
  for (const Entry& entry : node.entries) {
    if (std::find(kKeys.begin(), kKeys.end(), entry.key) != kKeys.end()) continue;
    report_unknown_key(entry, kKeys, context);
    good = false;
  }
  const YamlNode* accelerator = node.find("accelerator");
  const YamlNode* speed_class = node.find("class");
  if (accelerator == nullptr) {
    context.error(node.origin, "missing key \"accelerator\"");
    return {};
  }
  RecordedOn recorded;
  const auto id = accelerator_id().read(*accelerator, context);
  if (speed_class != nullptr) {
    const auto step = context.enter("class");
    good = read_id(*speed_class, "class of jobs", "scalable-fractions", catalogue_ids("scalable-fractions"), context) &&
           good;
    recorded.speed_class = speed_class->text;
  }
  if (!good || !id) return {};
  recorded.accelerator = *id;
  return given(std::move(recorded), node);
}

}  // namespace

Type<RecordedOn> recorded_on() {
  Type<RecordedOn> type;
  type.written = "id or alias of `accelerators` \\| `{ accelerator: A100, class: sft }` \\| `none`";
  type.schema =
      any_of({{{"enum", Json::array({"none"})}},
              accelerator_id().schema,
              {{"type", "object"},
               {"properties",
                {{"accelerator", accelerator_id().schema}, {"class", {{"enum", catalogue_ids("scalable-fractions")}}}}},
               {"required", Json::array({"accelerator"})},
               {"additionalProperties", false}}});
  type.read = [](const YamlNode& node, Context& context) -> Setting<RecordedOn> {
    if (node.is_map()) return read_with_class(node, context);
    if (node.is_scalar() && node.text == "none") return given(RecordedOn{}, node);
    const auto id = accelerator_id().read(node, context);
    return id ? given(RecordedOn{*id, {}}, node) : Setting<RecordedOn>{};
  };
  type.print = [](const RecordedOn& recorded) -> std::string {
    if (recorded.accelerator.empty()) return "none";
    if (recorded.speed_class.empty()) return yaml_text(recorded.accelerator);
    return fmt::format("{{ accelerator: {}, class: {} }}", yaml_text(recorded.accelerator),
                       yaml_text(recorded.speed_class));
  };
  return type;
}

}  // namespace gigasim::scenario
