#include "slurm_gpus.hpp"

#include <algorithm>
#include <cstdint>

#include "gigasim/units/text.hpp"
#include "log_table.hpp"

namespace gigasim::workload {
namespace {

using Shares = std::map<std::string, double>;

/// "3g.20gb" of "a100_3g.20gb"; empty for what names no MIG slice.
std::string_view mig_slice(std::string_view type) {
  for (std::size_t at = 0; at + 2 < type.size(); ++at) {
    const bool begins = at == 0 || type[at - 1] == '_' || type[at - 1] == '-' || type[at - 1] == '.';
    if (begins && type[at] >= '1' && type[at] <= '7' && type.substr(at + 1).starts_with("g.")) return type.substr(at);
  }
  return {};
}

/// What the entries of a list sum up to.
class Sum {
 public:
  explicit Sum(const Shares& stated) : stated_(stated) {}

  /// An entry: name "gpu", "shard" or "mps", the type behind its colon, and its count. False: no whole number.
  bool add(std::string_view name, std::string_view type, std::string_view count_text) {
    const bool gpu = name == "gpu";
    if (!gpu && name != "shard" && name != "mps") return true;
    const auto number = units::parse_integer(count_text);
    if (!number || *number < 0 || static_cast<double>(*number) > kMostLogUnits) return false;
    const auto count = static_cast<double>(*number);
    if (!gpu) {
      add_part(name, count);
    } else if (type.empty()) {
      untyped_ = count;
    } else {
      add_typed(type, count);
    }
    return true;
  }

  [[nodiscard]] SlurmGpus gpus() const {
    SlurmGpus gpus;
    // The untyped count holds slices too: what is not of them is whole.
    gpus.count = slices_ + (untyped_ >= 0.0 ? std::max(0.0, untyped_ - num_slices_) : whole_);
    // Shards and the like lie on GPUs: where a job has GPUs of its own they say nothing more.
    if (gpus.count <= 0.0) gpus.count = parts_;
    gpus.unknown_share = gpus.count <= 0.0 && unknown_;
    gpus.shares = gpus.count > 0.0 && (num_slices_ > 0.0 || parts_ > 0.0);
    return gpus;
  }

 private:
  void add_part(std::string_view name, double count) {
    if (const auto share = gpu_share(name, stated_)) {
      parts_ += count * *share;
    } else if (count > 0.0) {
      unknown_ = true;
    }
  }

  void add_typed(std::string_view type, double count) {
    if (const auto share = gpu_share(type, stated_)) {
      slices_ += count * *share;
      num_slices_ += count;
    } else {
      whole_ += count;
    }
  }

  const Shares& stated_;
  double untyped_ = -1.0;  // below 0: there is none
  double whole_ = 0.0, slices_ = 0.0, num_slices_ = 0.0, parts_ = 0.0;
  bool unknown_ = false;
};

/// Takes the first entry off a list.
std::string_view take_entry(std::string_view& list) {
  const std::string_view entry = list.substr(0, list.find(','));
  list.remove_prefix(std::min(entry.size() + 1, list.size()));
  return entry;
}

/// Cuts a text at the first `mark`; the second part is empty when there is none.
std::pair<std::string_view, std::string_view> cut(std::string_view text, char mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

}  // namespace

std::optional<double> gpu_share(std::string_view type, const Shares& stated) {
  const auto by_name = [&](std::string_view name) -> std::optional<double> {
    const auto found = stated.find(std::string{name});
    return found == stated.end() ? std::nullopt : std::optional{found->second};
  };
  if (const auto share = by_name(type)) return share;
  const std::string_view slice = mig_slice(type);
  if (slice.empty()) return std::nullopt;
  if (const auto share = by_name(slice)) return share;
  const bool of_a30 = slice == "1g.6gb" || slice == "2g.12gb" || slice == "4g.24gb";
  return static_cast<double>(slice.front() - '0') / (of_a30 ? 4.0 : 7.0);
}

std::optional<SlurmGpus> gpus_in_tres(std::string_view tres, const Shares& stated) {
  constexpr std::string_view kGres = "gres/";
  Sum sum{stated};
  while (!tres.empty()) {
    const auto [key, count] = cut(take_entry(tres), '=');
    if (!key.starts_with(kGres)) continue;
    const auto [name, type] = cut(key.substr(kGres.size()), ':');
    if (!sum.add(name, type, count)) return std::nullopt;
  }
  return sum.gpus();
}

std::optional<SlurmGpus> gpus_in_gres(std::string_view gres, const Shares& stated) {
  Sum sum{stated};
  while (!gres.empty()) {
    std::string_view entry = take_entry(gres);
    entry = entry.substr(0, entry.find('('));  // "gpu:2(IDX:0-1)"
    const auto [name, rest] = cut(entry, ':');
    const std::size_t colon = rest.rfind(':');
    const bool counted = !rest.empty() && rest.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
    const std::string_view type = !counted ? rest : colon == std::string_view::npos ? "" : rest.substr(0, colon);
    const std::string_view count = counted ? rest.substr(colon + 1) : "1";
    // Each entry is whole here: an untyped one repeats nothing.
    if (!sum.add(name, type.empty() && name == "gpu" ? "any" : type, count)) return std::nullopt;
  }
  return sum.gpus();
}

}  // namespace gigasim::workload
