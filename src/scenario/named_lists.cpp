#include "named_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "catalogue_sites.hpp"
#include "catalogue_types.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "merge.hpp"

namespace gigasim::scenario {
namespace {

/// The accelerator's id as the name of a partition.
std::string partition_name(std::string_view accelerator) {
  const auto* known = catalogue::find_accelerator(accelerator);
  std::string name{known != nullptr ? std::string_view{known->id} : accelerator};
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (!fits) c = '-';
  }
  return name;
}

void name_partitions(YamlNode& site) {
  YamlNode* partitions = site.find("partitions");
  if (partitions == nullptr) return;
  for (YamlNode& partition : partitions->items) {
    const std::string_view accelerator = partition.text_of("accelerator");
    if (partition.find("name") != nullptr || accelerator.empty()) continue;
    partition.put("name", scalar_node(partition_name(accelerator), Origin{}));
  }
}

void report_twice(const YamlNode& list, std::string_view what, Context& context) {
  std::map<std::string, const YamlNode*, std::less<>> seen;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const YamlNode& item = list.items[i];
    const std::string_view name = item.is_map() ? item.text_of("name") : std::string_view{};
    if (name.empty()) continue;
    const auto [first, is_new] = seen.emplace(name, &item);
    if (is_new) continue;
    const auto step = context.enter_item(item, i);
    const Origin& other = first->second->origin;
    const std::string where = other.line > 0 ? fmt::format(" (first at line {})", other.line) : "";
    context.error(item.origin, fmt::format("a second {} of the name \"{}\"{}", what, shown(name), where));
  }
}

/// The sites that a `catalogue` entry stands for, its other keys merged over each; reports an id that does not exist.
std::vector<YamlNode> expanded(const YamlNode& entry, Context& context) {
  const YamlNode& id = *entry.find("catalogue");
  std::vector<YamlNode> sites = id.is_scalar() ? sites_of_kind(id.text) : std::vector<YamlNode>{};
  if (!sites.empty() && entry.find("name") != nullptr) {
    const auto step = context.enter("name");
    context.error(entry.find_entry("name")->at, fmt::format("all sites of {} cannot have one name", id.text));
    return {};
  }
  if (sites.empty() && id.is_scalar()) {
    if (auto site = site_of_catalogue(id.text)) sites.push_back(std::move(*site));
  }
  if (sites.empty()) {
    const auto step = context.enter("catalogue");
    std::vector<std::string> known = whole_site_kinds();
    for (const std::string& kind : site_kinds()) {
      for (std::string& row : catalogue_ids(kind)) known.push_back(std::move(row));
    }
    context.error(id.origin, id.is_scalar() ? unknown_id("site", id.text, "ai-factories", known)
                                            : fmt::format("must be one id or kind, got {}", shown(id)));
  }
  YamlNode own = entry;
  own.erase("catalogue");
  name_partitions(own);
  for (YamlNode& site : sites) {
    name_partitions(site);
    merge(site, own, Removals::kApply);
    site.origin = entry.origin;
  }
  return sites;
}

/// The entries of a `sites` list, catalogue entries replaced by what they stand for.
class SiteList {
 public:
  explicit SiteList(Context& context) : context_(context) {}

  void add(const YamlNode& entry, std::size_t index) {
    const auto step = context_.enter_item(entry, index);
    if (!entry.is_map() || entry.find("catalogue") == nullptr) return add_plain(entry);
    const bool whole_kind = !sites_of_kind(entry.text_of("catalogue")).empty();
    std::vector<YamlNode> sites = expanded(entry, context_);
    if (sites.empty()) complete_ = false;
    if (!whole_kind && !sites.empty()) return add_one(entry, std::move(sites.front()));
    for (YamlNode& site : sites) {
      of_kind_.emplace(site.text_of("name"), sites_.size());
      sites_.push_back(std::move(site));
    }
  }

  /// Merges what was set aside for the sites of whole kinds, and returns the list.
  [[nodiscard]] std::vector<YamlNode> finish() {
    std::vector<std::size_t> removed;
    for (const YamlNode& entry : later_) {
      const auto site = of_kind_.find(entry.text_of("name"));
      if (site == of_kind_.end()) {
        sites_.push_back(entry);
      } else if (is_removal(entry)) {
        removed.push_back(site->second);
      } else {
        merge(sites_[site->second], entry, Removals::kApply);
      }
    }
    std::sort(removed.rbegin(), removed.rend());
    removed.erase(std::unique(removed.begin(), removed.end()), removed.end());
    for (const std::size_t index : removed) sites_.erase(sites_.begin() + static_cast<std::ptrdiff_t>(index));
    return std::move(sites_);
  }

  [[nodiscard]] bool complete() const { return complete_; }

 private:
  void add_plain(YamlNode entry) {
    name_partitions(entry);
    later_.push_back(std::move(entry));
  }

  /// One row of the catalogue. Beside its whole kind only its own keys count, else they would hide the kind's.
  void add_one(const YamlNode& entry, YamlNode site) {
    const bool renamed = entry.find("name") != nullptr;
    const bool also_in_kind = !renamed && of_kind_.contains(entry.text_of("catalogue"));
    if (!also_in_kind) return later_.push_back(std::move(site));
    YamlNode own = entry;
    own.put("name", scalar_node(std::string{entry.text_of("catalogue")}, entry.origin));
    own.erase("catalogue");
    add_plain(std::move(own));
  }

  Context& context_;
  std::vector<YamlNode> sites_, later_;
  std::map<std::string, std::size_t, std::less<>> of_kind_;
  bool complete_ = true;
};

void settle_sites(YamlNode& sites, Context& context) {
  SiteList list{context};
  // Whole kinds first, so that an entry may stand before the kind that it changes.
  const auto is_kind = [](const YamlNode& e) { return e.is_map() && !sites_of_kind(e.text_of("catalogue")).empty(); };
  for (std::size_t i = 0; i < sites.items.size(); ++i) {
    if (is_kind(sites.items[i])) list.add(sites.items[i], i);
  }
  for (std::size_t i = 0; i < sites.items.size(); ++i) {
    if (!is_kind(sites.items[i])) list.add(sites.items[i], i);
  }
  sites.items = list.finish();
}

/// Reports items of one name in every named list below `node`, which are all settled by then.
void report_twice_below(const YamlNode& node, Context& context) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const auto step = context.enter_item(node.items[i], i);
    report_twice_below(node.items[i], context);
  }
  for (const Entry& entry : node.entries) {
    // Variants are partial scenarios of their own, settled one by one.
    if (entry.key == "variants" && context.path().empty()) continue;
    const auto step = context.enter(entry.key);
    const NamedList* list = find_named_list(entry.key);
    if (list != nullptr && entry.value.is_list()) report_twice(entry.value, list->what, context);
    report_twice_below(entry.value, context);
  }
}

}  // namespace

void settle_named_lists(YamlNode& scenario, Context& context) {
  if (YamlNode* sites = scenario.find("sites"); sites != nullptr && sites->is_list()) {
    const auto step = context.enter("sites");
    settle_sites(*sites, context);
  }
  report_twice_below(scenario, context);
}

}  // namespace gigasim::scenario
