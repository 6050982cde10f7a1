#include <algorithm>
#include <array>
#include <tuple>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/models/benchmarks.hpp"

namespace gigasim::models {
namespace {

/// The software of a family of training runs, by how the family's name begins.
struct Stack {
  std::string_view family, name;
  bool pytorch_native;  ///< FSDP and compiled layers of PyTorch itself, no hand-tuned kernels of a vendor
};
constexpr std::array kStacks{Stack{"megatron", "Megatron-LM", false},   Stack{"mcore", "Megatron-LM", false},
                             Stack{"bridge", "Megatron Bridge", false}, Stack{"mlperf", "MLPerf submissions", false},
                             Stack{"megascale", "MegaScale", false},    Stack{"llama3", "Llama 3", false},
                             Stack{"europe", "Megatron-LM", false},     Stack{"opt", "metaseq", true},
                             Stack{"llmfoundry", "LLM Foundry", true},  Stack{"torchtitan", "TorchTitan", true}};
constexpr int kYearOfA100 = 2020;

const Stack* stack_of(const catalogue::Row& row) {
  const auto* const found = std::find_if(kStacks.begin(), kStacks.end(),
                                         [&](const Stack& stack) { return row["family"].starts_with(stack.family); });
  return found == kStacks.end() ? nullptr : found;
}

StackGroup group_of(const catalogue::Row& row) {
  const catalogue::Accelerator& accelerator = *catalogue::find_accelerator(row["accelerator"]);
  const Stack* stack = stack_of(row);
  StackGroup group;
  group.newer = accelerator.row->number("year").value_or(0.0) > kYearOfA100 && !accelerator.id.starts_with("A100");
  group.vendor = accelerator.vendor;
  group.stack = stack == nullptr ? "others" : std::string{stack->name};
  group.pytorch_native = stack != nullptr && stack->pytorch_native;
  return group;
}

auto order(const StackGroup& group) {
  return std::tuple{!group.newer, group.pytorch_native, group.vendor, group.stack};
}

}  // namespace

std::vector<StackGroup> by_stack(const ComparisonGroup& group) {
  std::vector<StackGroup> groups;
  for (const Comparison& comparison : group.rows) {
    StackGroup own = group_of(*comparison.row);
    auto place = std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return order(one) >= order(own); });
    if (place == groups.end() || order(*place) != order(own)) place = groups.insert(place, std::move(own));
    place->rows.push_back(comparison);
  }
  return groups;
}

std::vector<Comparison> newer_and_tuned(const ComparisonGroup& group) {
  std::vector<Comparison> rows;
  for (const StackGroup& one : by_stack(group)) {
    if (one.newer && !one.pytorch_native) rows.insert(rows.end(), one.rows.begin(), one.rows.end());
  }
  return rows;
}

}  // namespace gigasim::models
