#include "merge.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace gigasim::scenario {
namespace {

/// Maps that mean one value: half of one law and half of another would mean nothing.
bool is_one_value(std::string_view key, const YamlNode& over) {
  constexpr std::array<std::string_view, 5> kKeys{"origin", "runtime", "walltime", "accelerators", "patience"};
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end() || over.find("best") != nullptr;
}

void merge_value(YamlNode& base, const YamlNode& over, std::string_view key, Removals removals);

void merge_maps(YamlNode& base, const YamlNode& over, Removals removals) {
  for (const Entry& entry : over.entries) {
    const auto old =
        std::find_if(base.entries.begin(), base.entries.end(), [&](const Entry& e) { return e.key == entry.key; });
    if (old == base.entries.end()) {
      base.entries.push_back(entry);
    } else {
      old->at = entry.at;
      merge_value(old->value, entry.value, entry.key, removals);
    }
  }
}

void merge_named_lists(YamlNode& base, const YamlNode& over, Removals removals) {
  for (const YamlNode& item : over.items) {
    const std::string_view name = item.text_of("name");
    const auto old = std::find_if(base.items.begin(), base.items.end(), [&](const YamlNode& other) {
      return !name.empty() && other.text_of("name") == name;
    });
    if (old == base.items.end()) {
      base.items.push_back(item);
    } else if (!is_removal(item)) {
      const Origin named_at = old->find("name")->origin;
      merge_maps(*old, item, removals);
      old->find("name")->origin = named_at;
    } else if (removals == Removals::kApply) {
      base.items.erase(old);
    } else {
      *old = item;
    }
  }
}

void merge_value(YamlNode& base, const YamlNode& over, std::string_view key, Removals removals) {
  if (base.is_map() && over.is_map() && !is_one_value(key, over)) {
    merge_maps(base, over, removals);
  } else if (base.is_list() && over.is_list() && find_named_list(key) != nullptr) {
    merge_named_lists(base, over, removals);
  } else {
    base = over;
  }
}

}  // namespace

std::span<const NamedList> named_lists() {
  static constexpr std::array<NamedList, 8> kLists{{{"sites", "site"},
                                                    {"partitions", "partition"},
                                                    {"upgrades", "upgrade"},
                                                    {"streams", "stream"},
                                                    {"services", "service"},
                                                    {"privileges", "privilege"},
                                                    {"reservations", "reservation"},
                                                    {"preemption", "preemption rule"}}};
  return kLists;
}

const NamedList* find_named_list(std::string_view key) {
  const auto all = named_lists();
  const auto found = std::find_if(all.begin(), all.end(), [&](const NamedList& list) { return list.key == key; });
  return found == all.end() ? nullptr : &*found;
}

bool is_removal(const YamlNode& item) {
  return item.is_map() && item.text_of("remove") == "true";
}

void merge(YamlNode& base, const YamlNode& over, Removals removals) {
  merge_value(base, over, "", removals);
}

}  // namespace gigasim::scenario
