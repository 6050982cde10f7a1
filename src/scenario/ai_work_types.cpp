#include "ai_work_types.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gigasim/units/text.hpp"
#include "key_rules.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

constexpr Limits kSpread{0.0, limits::kSigma, true};

/// `{ median: 500e6 tokens, sigma: 1.2 }`
Setting<WorkAmount> read_lognormal_amount(const Type<double>& plain, const YamlNode& node, Context& context) {
  static const std::vector<std::string> kKeys{"median", "sigma"};
  bool good = true;
  for (const Entry& entry : node.entries) {
    if (std::find(kKeys.begin(), kKeys.end(), entry.key) != kKeys.end()) continue;
    report_unknown_key(entry, kKeys, context);
    good = false;
  }
  const auto read = [&](const Type<double>& type, const std::string& key) -> std::optional<double> {
    const YamlNode* value = node.find(key);
    if (value == nullptr) context.error(node.origin, fmt::format("missing key \"{}\"", key));
    const auto step = context.enter(key);
    return value == nullptr ? std::nullopt : type.read(*value, context).value;
  };
  const auto median = read(plain, "median");
  const auto sigma = read(number(kSpread), "sigma");
  return good && median && sigma ? given(WorkAmount{*median, *sigma}, node) : Setting<WorkAmount>{};
}

}  // namespace

Type<models::AiTask> ai_task() {
  std::vector<std::pair<std::string, models::AiTask>> words;
  for (std::size_t t = 0; t < models::kAiTaskWords.size(); ++t) {
    words.emplace_back(models::kAiTaskWords[t], static_cast<models::AiTask>(t));
  }
  return one_of<models::AiTask>(std::move(words));
}

Type<models::Precision> precision() {
  using models::Precision;
  return one_of<Precision>({{"bf16", Precision::kBf16},
                            {"fp8", Precision::kFp8},
                            {"fp4", Precision::kFp4},
                            {"mxfp4", Precision::kMxfp4},
                            {"int4", Precision::kInt4}});
}

Type<WorkAmount> work_amount(const Type<double>& plain, const std::string& example) {
  Type<WorkAmount> type;
  type.written = fmt::format("{} \\| `{{ median: {}, sigma: 1.2 }}`", plain.written, example);
  type.schema = any_of({plain.schema,
                        {{"type", "object"},
                         {"properties", {{"median", plain.schema}, {"sigma", number(kSpread).schema}}},
                         {"required", {"median", "sigma"}},
                         {"additionalProperties", false}}});
  type.read = [plain](const YamlNode& node, Context& context) -> Setting<WorkAmount> {
    if (node.is_map() && node.find("best") == nullptr) return read_lognormal_amount(plain, node, context);
    const auto amount = plain.read(node, context);
    return amount ? Setting<WorkAmount>{WorkAmount{*amount, 0.0}, amount.origin, amount.bounds} : Setting<WorkAmount>{};
  };
  type.print = [plain](const WorkAmount& amount) {
    if (amount.sigma == 0.0) return plain.print(amount.median);
    return fmt::format("{{ median: {}, sigma: {} }}", plain.print(amount.median), units::format_number(amount.sigma));
  };
  return type;
}

}  // namespace gigasim::scenario
