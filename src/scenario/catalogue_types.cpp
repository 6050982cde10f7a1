#include "catalogue_types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "gigasim/catalogue/ai_models.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/text.hpp"
#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

/// One of the ids that `ids` returns, which are of the table `kind`. They are looked up at each reading: a user's own
/// table may have more.
Type<std::string> id_among(const std::string& what, const std::string& kind,
                           const std::function<std::vector<std::string>()>& ids) {
  Type<std::string> type;
  type.written = fmt::format("id of `{}`", kind);
  type.schema = {{"enum", ids()}};
  type.read = [what, kind, ids](const YamlNode& node, Context& context) -> Setting<std::string> {
    return read_id(node, what, kind, ids(), context) ? given(node.text, node) : Setting<std::string>{};
  };
  type.print = [](const std::string& value) { return yaml_text(value); };
  return type;
}

/// An id of a table, with words that may stand instead.
Type<std::string> table_id(const std::string& what, const std::string& kind,
                           const std::vector<std::string>& words = {}) {
  Type<std::string> type = id_among(what, kind, [kind, words] {
    std::vector<std::string> all = words;
    for (std::string& id : catalogue_ids(kind)) all.push_back(std::move(id));
    return all;
  });
  if (!words.empty()) type.written = words_in_prose(words) + " \\| " + type.written;
  return type;
}

std::vector<std::string> sector_mixes() {
  std::vector<std::string> mixes;
  for (const catalogue::Row& row : catalogue::find_table("sector-mixes")->rows) {
    std::string mix{row["mix"]};
    if (std::find(mixes.begin(), mixes.end(), mix) == mixes.end()) mixes.push_back(std::move(mix));
  }
  return mixes;
}

std::vector<std::string> accelerator_names() {
  std::vector<std::string> names;
  for (const auto& accelerator : catalogue::accelerators()) {
    names.push_back(accelerator.id);
    names.insert(names.end(), accelerator.aliases.begin(), accelerator.aliases.end());
  }
  return names;
}

}  // namespace

const std::vector<std::string>& site_kinds() {
  static const std::vector<std::string> kinds{"ai-factories", "antennas", "supercomputers", "gigafactory-candidates"};
  return kinds;
}

const std::vector<std::string>& whole_site_kinds() {
  static const std::vector<std::string> kinds{"ai-factories", "antennas"};
  return kinds;
}

std::vector<std::string> catalogue_ids(std::string_view kind) {
  const catalogue::Table* table = catalogue::find_table(kind);
  return table == nullptr ? std::vector<std::string>{} : table->ids();
}

std::vector<std::string> job_class_ids() {
  return catalogue_ids("job-mixes");
}

std::vector<std::string> mix_ids() {
  std::vector<std::string> mixes;
  for (const std::string& id : job_class_ids()) {
    const std::string mix = catalogue::find_job_class(id)->mix;
    if (std::find(mixes.begin(), mixes.end(), mix) == mixes.end()) mixes.push_back(mix);
  }
  return mixes;
}

std::string unknown_id(std::string_view what, std::string_view id, std::string_view kind,
                       const std::vector<std::string>& candidates) {
  const auto near = units::nearest(id, candidates);
  const std::string hint = near ? fmt::format("did you mean \"{}\"? ", *near) : "";
  return fmt::format("unknown {} \"{}\" ({}`gigasim catalogue list {}` lists them)", what, shown(id), hint, kind);
}

bool read_id(const YamlNode& node, std::string_view what, std::string_view kind, const std::vector<std::string>& ids,
             Context& context) {
  if (!node.is_scalar()) {
    expected(fmt::format("one id of {} (`gigasim catalogue list {}` lists them)", kind, kind), node, context);
    return false;
  }
  if (std::find(ids.begin(), ids.end(), node.text) != ids.end()) return true;
  context.error(node.origin, unknown_id(what, node.text, kind, ids));
  return false;
}

/// An id or an alias of a table whose rows `find` knows by either, without regard to case; reads as the id.
template <class Find>
Type<std::string> id_or_alias(const std::string& what, const std::string& kind,
                              const std::function<std::vector<std::string>()>& names, const Find& find) {
  Type<std::string> type;
  type.written = fmt::format("id or alias of `{}`", kind);
  // The schema offers the names but does not refuse others: any case is read.
  type.schema = {{"anyOf", Json::array({{{"enum", names()}}, {{"type", "string"}}})}};
  type.read = [what, kind, names, find](const YamlNode& node, Context& context) -> Setting<std::string> {
    const auto* found = node.is_scalar() ? find(node.text) : nullptr;
    if (found != nullptr) return given(found->id, node);
    if (!node.is_scalar()) {
      expected(fmt::format("one id of {0} (`gigasim catalogue list {0}` lists them)", kind), node, context);
    } else {
      context.error(node.origin, unknown_id(what, node.text, kind, names()));
    }
    return {};
  };
  type.print = [](const std::string& value) { return yaml_text(value); };
  return type;
}

Type<std::string> ai_model_id() {
  const auto names = [] {
    std::vector<std::string> all;
    for (const auto& model : catalogue::ai_models()) {
      all.push_back(model.id);
      all.insert(all.end(), model.aliases.begin(), model.aliases.end());
    }
    return all;
  };
  return id_or_alias("AI model", "ai-models", names, catalogue::find_ai_model);
}

Type<std::string> accelerator_id() {
  return id_or_alias("accelerator", "accelerators", accelerator_names, catalogue::find_accelerator);
}

std::string unknown_country(std::string_view code) {
  // Two letters are always near to two others: only codes that are in use elsewhere get a suggestion.
  std::string meant{code == "EL" ? "GR" : code == "UK" ? "GB" : code};
  for (char& c : meant) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  const bool known = catalogue::find_country(meant) != nullptr;
  const std::string hint = known ? fmt::format("did you mean \"{}\"? ", meant) : "";
  return fmt::format("unknown country \"{}\" ({}`gigasim catalogue list countries` lists them)", shown(code), hint);
}

Type<std::string> country_code() {
  Type<std::string> type = table_id("country", "countries");
  type.read = [](const YamlNode& node, Context& context) -> Setting<std::string> {
    if (node.is_scalar() && catalogue::find_country(node.text) != nullptr) return given(node.text, node);
    if (node.is_scalar()) {
      context.error(node.origin, unknown_country(node.text));
    } else {
      expected("a country code such as DE", node, context);
    }
    return {};
  };
  return type;
}
Type<std::string> wan_node_id() {
  return table_id("WAN node", "wan-nodes");
}
Type<std::string> access_mode_id() {
  return table_id("access class", "access-modes");
}
Type<std::string> arrival_profile_id() {
  return table_id("arrival profile", "arrival-profiles", {"constant"});
}
Type<std::string> sector_mix_id() {
  Type<std::string> type = id_among("sector mix", "sector-mixes", sector_mixes);
  type.written = "mix of `sector-mixes`";
  return type;
}
Type<std::string> request_lengths_id() {
  return table_id("law of request lengths", "request-lengths", {});
}
Type<std::string> software_stack_id() {
  return table_id("software stack", "software-stacks", {});
}
Type<std::string> burst_law_id() {
  return table_id("burst law", "bursts", {"none"});
}

}  // namespace gigasim::scenario
