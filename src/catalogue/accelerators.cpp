#include <algorithm>
#include <array>

#include "cells.hpp"
#include "editions.hpp"
#include "gigasim/catalogue/catalogue.hpp"

namespace gigasim::catalogue {
namespace {

/// What a run cannot do without; a type that lacks one stays in the table but not among the typed rows.
constexpr std::array kNeeded{"bf16_dense_tflops", "h100_equivalent",  "memory_gb", "per_node",
                             "acc_idle_w",        "node_base_idle_w", "acc_tdp_w", "node_base_load_w"};

bool usable(const Row& row) {
  return std::all_of(kNeeded.begin(), kNeeded.end(), [&](const char* column) { return !row[column].empty(); });
}

Accelerator read_accelerator(const Row& row) {
  Accelerator accelerator;
  accelerator.id = row.id();
  if (row["vendor"] != "-") accelerator.vendor = row["vendor"];
  accelerator.aliases = list(row, "aliases");
  accelerator.bf16_dense_tflops = required(row, "bf16_dense_tflops");
  accelerator.h100_equivalent = required(row, "h100_equivalent");
  accelerator.memory_gb = required(row, "memory_gb");
  accelerator.per_node = static_cast<int>(required(row, "per_node"));
  accelerator.idle_power = units::Watts{required(row, "acc_idle_w") + required(row, "node_base_idle_w")};
  accelerator.full_power = units::Watts{required(row, "acc_tdp_w") + required(row, "node_base_load_w")};
  accelerator.row = &row;
  return accelerator;
}

std::vector<Accelerator> read_all() {
  std::vector<Accelerator> all;
  for (const Row& row : rows_of("accelerators")) {
    if (usable(row)) all.push_back(read_accelerator(row));
  }
  return all;
}

}  // namespace

std::span<const Accelerator> accelerators() {
  static PerEdition<std::vector<Accelerator>> all{read_all};
  return all.get();
}

const Accelerator* find_accelerator(std::string_view id_or_alias) {
  const auto all = accelerators();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Accelerator& a) { return answers_to(a.id, a.aliases, id_or_alias); });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace gigasim::catalogue
