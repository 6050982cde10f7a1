#include "gigasim/catalogue/software_stacks.hpp"

#include <algorithm>
#include <stdexcept>

#include "cells.hpp"
#include "editions.hpp"

namespace gigasim::catalogue {
namespace {

SoftwareStack read_stack(const Row& row) {
  SoftwareStack stack;
  stack.id = row.id();
  stack.vendor = row["vendor"];
  stack.task = row["task"] == "serving" ? SoftwareTask::kServing : SoftwareTask::kTraining;
  stack.name = row["stack"];
  stack.usual = row["usual"] == "yes";
  stack.efficiency = required(row, "software_efficiency");
  stack.low = required(row, "software_efficiency_low");
  stack.high = required(row, "software_efficiency_high");
  stack.families = list(row, "families");
  stack.row = &row;
  return stack;
}

const SoftwareStack* usual_of(std::string_view vendor, SoftwareTask task) {
  const auto all = software_stacks();
  const auto found = std::find_if(all.begin(), all.end(), [&](const SoftwareStack& one) {
    return one.usual && one.task == task && one.vendor == vendor;
  });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::span<const SoftwareStack> software_stacks() {
  static PerEdition<std::vector<SoftwareStack>> all{[] { return read_rows("software-stacks", read_stack); }};
  return all.get();
}

const SoftwareStack* find_software_stack(std::string_view id) {
  const auto all = software_stacks();
  const auto found = std::find_if(all.begin(), all.end(), [&](const SoftwareStack& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

const SoftwareStack& usual_software_stack(std::string_view vendor, SoftwareTask task) {
  if (const SoftwareStack* own = usual_of(vendor, task)) return *own;
  if (const SoftwareStack* any = usual_of("*", task)) return *any;
  throw std::logic_error("catalogue software-stacks has no usual stack for unknown vendors");
}

}  // namespace gigasim::catalogue
