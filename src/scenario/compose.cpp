#include "compose.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "declarations.hpp"
#include "file_bytes.hpp"
#include "gigasim/units/digest.hpp"
#include "merge.hpp"
#include "named_lists.hpp"
#include "own_tables.hpp"
#include "scalar_types.hpp"
#include "set_path.hpp"
#include "yaml_reader.hpp"

namespace gigasim::scenario {
namespace {

namespace fs = std::filesystem;

Origin origin_of_file(const fs::path& file) {
  Origin at;
  at.kind = Origin::Kind::kFile;
  at.source = std::make_shared<const std::string>(file.string());
  return at;
}

class Composer {
 public:
  explicit Composer(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  /// Reads a file and those that it extends, and merges them. The user's own tables are in use before any id is looked
  /// up. Nothing when a file or a table cannot be read: whatever names an id of that table would seem wrong, too.
  std::optional<YamlNode> read(const fs::path& file) {
    const bool complete = read_chain(file);
    const std::size_t errors_so_far = diagnostics_.num_errors();
    own_tables_ = use_own_tables(chain_, inputs_, diagnostics_);
    const bool tables_good = diagnostics_.num_errors() == errors_so_far;
    for (YamlNode& node : chain_) {
      Context context{diagnostics_, Flavour::kPartial};
      settle_named_lists(node, context);
      settle_variants(node);
    }
    if (!complete || !tables_good) return std::nullopt;
    YamlNode merged = std::move(chain_.back());
    for (std::size_t i = chain_.size() - 1; i-- > 0;) merge_over(merged, std::move(chain_[i]));
    return merged;
  }

  [[nodiscard]] std::vector<InputFile> take_inputs() { return std::move(inputs_); }
  [[nodiscard]] std::vector<OwnTable> take_own_tables() { return std::move(own_tables_); }

 private:
  std::optional<YamlNode> read_file(const fs::path& file, const Origin& at, std::string_view path) {
    FileBytes read = read_file_bytes(file, "a scenario file");
    if (!read.problem.empty()) {
      const std::string what = path.empty() ? read.problem : fmt::format("{}: {}", file.string(), read.problem);
      diagnostics_.error(at, path, what);
      return std::nullopt;
    }
    inputs_.push_back({file.string(), units::sha256_hex(read.bytes)});
    try {
      std::vector<YamlProblem> problems;
      YamlNode node = read_yaml(read.bytes, origin_of_file(file), problems);
      if (!path.empty() && is_outside(file) && (!problems.empty() || node.find("gigasim") == nullptr)) {
        diagnostics_.error(at, path, not_shown(file));
        return std::nullopt;
      }
      for (const YamlProblem& problem : problems) diagnostics_.error(problem.at(), "", problem.what());
      if (node.is_map()) return node;
      const bool empty = node.kind == YamlNode::Kind::kNull;
      diagnostics_.error(node.origin, "",
                         empty ? "the file is empty: a scenario starts with \"gigasim: 1\""
                               : fmt::format("a scenario must be a map of keys, got {}", shown(node)));
    } catch (const YamlProblem& problem) {
      if (!path.empty() && is_outside(file)) {
        diagnostics_.error(at, path, not_shown(file));
      } else {
        diagnostics_.error(problem.at(), "", problem.what());
      }
    }
    return std::nullopt;
  }

  /// A scenario of somebody else may extend any file that its reader can read: a message must not quote a password
  /// file.
  [[nodiscard]] bool is_outside(const fs::path& file) const {
    std::error_code error;
    const fs::path inside = fs::weakly_canonical(file, error).lexically_relative(folder_);
    return inside.empty() || *inside.begin() == "..";
  }
  static std::string not_shown(const fs::path& file) {
    return fmt::format(
        "{} is no scenario; it lies outside the folder of the scenario, so what is wrong in it is not shown",
        file.string());
  }

  void check_version(const YamlNode& node) {
    const Entry* version = node.find_entry("gigasim");
    if (version == nullptr) {
      diagnostics_.error(node.origin, "", R"(missing key "gigasim" (the version of the format: "gigasim: 1"))");
    } else if (!version->value.is_scalar() || version->value.quoted || version->value.text != "1") {
      diagnostics_.error(version->value.kind == YamlNode::Kind::kNull ? version->at : version->value.origin, "gigasim",
                         fmt::format("this program reads version 1 of the format, got {}", shown(version->value)));
    }
  }

  void settle_variants(YamlNode& node) {
    YamlNode* variants = node.find("variants");
    if (variants == nullptr) return;
    if (!variants->is_map()) {
      diagnostics_.error(variants->kind == YamlNode::Kind::kNull ? node.find_entry("variants")->at : variants->origin,
                         "variants", fmt::format("must be a map of named partial scenarios, got {}", shown(*variants)));
      node.erase("variants");
      return;
    }
    for (Entry& entry : variants->entries) {
      Context context{diagnostics_, Flavour::kVariant, "variants." + shown(std::string_view{entry.key})};
      if (!identifier().read(scalar_node(entry.key, entry.at), context)) continue;
      settle_named_lists(entry.value, context);
    }
  }

  /// Reads a file and what it extends into `chain_`; false when one of them cannot be read.
  bool read_chain(const fs::path& first) {
    std::error_code ignored;
    folder_ = fs::weakly_canonical(fs::absolute(first), ignored).parent_path();
    fs::path file = first;
    Origin at = origin_of_file(file);
    std::string path;  // the key that names the file
    std::vector<fs::path> seen;
    while (true) {
      auto node = read_file(file, at, path);
      if (!node) return false;
      check_version(*node);
      const Entry* entry = node->find_entry("extends");
      const std::optional<Entry> extends = entry == nullptr ? std::nullopt : std::optional{*entry};
      node->erase("extends");
      chain_.push_back(std::move(*node));
      if (!extends) return true;
      std::error_code error;
      seen.push_back(fs::weakly_canonical(file, error));
      const auto base = base_of(file, *extends, seen);
      if (!base) return false;
      file = *base;
      at = extends->value.origin;
      path = "extends";
    }
  }

  std::optional<fs::path> base_of(const fs::path& file, const Entry& extends, const std::vector<fs::path>& seen) {
    if (!extends.value.is_scalar() || extends.value.text.empty()) {
      diagnostics_.error(extends.at, "extends",
                         fmt::format("must be the path of a scenario file, got {}", shown(extends.value)));
      return std::nullopt;
    }
    fs::path base = (file.parent_path() / extends.value.text).lexically_normal();
    std::error_code error;
    if (std::find(seen.begin(), seen.end(), fs::weakly_canonical(base, error)) != seen.end()) {
      diagnostics_.error(extends.value.origin, "extends", fmt::format("{} extends itself in a circle", base.string()));
      return std::nullopt;
    }
    constexpr std::size_t kLongestChain = 32;
    if (seen.size() > kLongestChain) {
      diagnostics_.error(extends.value.origin, "extends",
                         fmt::format("more than {} files extend each other", kLongestChain));
      return std::nullopt;
    }
    return base;
  }

  /// A variant that takes out nothing stays, for check_variants() to complain about.
  static void merge_variants(YamlNode& variants, YamlNode own) {
    std::vector<std::string> gone;
    for (const Entry& entry : own.entries) {
      if (is_removal(entry.value) && variants.find(entry.key) != nullptr) gone.push_back(entry.key);
    }
    for (const std::string& name : gone) {
      variants.erase(name);
      own.erase(name);
    }
    merge(variants, own, Removals::kKeep);
  }

  static void merge_over(YamlNode& base, YamlNode over) {
    YamlNode none = map_node(over.origin);
    YamlNode variants = base.find("variants") != nullptr ? *base.find("variants") : none;
    if (const YamlNode* own = over.find("variants")) merge_variants(variants, *own);
    base.erase("variants");
    over.erase("variants");
    const Origin at = over.origin;
    merge(base, over, Removals::kApply);
    base.origin = at;
    base.put("variants", std::move(variants));
  }

  Diagnostics& diagnostics_;
  fs::path folder_;  ///< of the scenario that is read
  std::vector<InputFile> inputs_;
  std::vector<YamlNode> chain_;  ///< a file, what it extends, and so on
  std::vector<OwnTable> own_tables_;
};

/// Takes out what --set removed, and only that: what a file says in vain is left for the reader to complain about.
void apply_removals(YamlNode& node) {
  const auto removed = [](const YamlNode& item) {
    return is_removal(item) && item.find("remove")->origin.kind == Origin::Kind::kSet;
  };
  for (Entry& entry : node.entries) {
    if (entry.value.is_list() && find_named_list(entry.key) != nullptr) std::erase_if(entry.value.items, removed);
    apply_removals(entry.value);
  }
  for (YamlNode& item : node.items) apply_removals(item);
}

}  // namespace

std::optional<Composed> compose(const fs::path& file, Diagnostics& diagnostics) {
  Composer composer{diagnostics};
  auto node = composer.read(file);
  if (!node) return std::nullopt;
  Composed composed;
  const YamlNode* variants = node->find("variants");
  composed.variants = variants != nullptr ? *variants : map_node(node->origin);
  node->erase("variants");
  composed.base = std::move(*node);
  composed.inputs = composer.take_inputs();
  composed.own_tables = composer.take_own_tables();
  return composed;
}

YamlNode apply_options(const Composed& composed, const LoadOptions& options, Diagnostics& diagnostics) {
  YamlNode tree = composed.base;
  if (!options.variant.empty()) {
    std::vector<std::string> names;
    for (const Entry& entry : composed.variants.entries) names.push_back(entry.key);
    if (const YamlNode* variant = composed.variants.find(options.variant)) {
      if (variant->is_map()) merge(tree, *variant, Removals::kApply);
    } else {
      const std::string near = did_you_mean(options.variant, names);
      const std::string list =
          names.empty() ? " (the file has none)" : fmt::format(" (there are: {})", fmt::join(names, ", "));
      diagnostics.error(
          composed.variants.origin, "variants",
          fmt::format("there is no variant \"{}\"{}", shown(options.variant), near.empty() ? list : near));
    }
  }
  for (const auto& setting : options.set) {
    set_path(tree, setting, diagnostics);
    check_set_of_tables(setting, diagnostics);
  }
  if (!options.set.empty()) {
    Context context{diagnostics, Flavour::kPartial};
    settle_named_lists(tree, context);
    apply_removals(tree);
  }
  return tree;
}

void check_variants(const Composed& composed, std::span<const MetricName> metrics, Diagnostics& diagnostics) {
  for (const Entry& entry : composed.variants.entries) {
    Context context{diagnostics, Flavour::kVariant, "variants." + shown(std::string_view{entry.key})};
    context.know_metrics(metrics);
    if (is_removal(entry.value)) {
      context.error(entry.value.origin, "there is no variant of this name to take out");
      continue;
    }
    static_cast<void>(scenario_object().read(entry.value, context));
  }
}

}  // namespace gigasim::scenario
