#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/catalogue/table.hpp"

namespace gigasim::catalogue {

enum class SoftwareTask : std::uint8_t { kTraining, kServing };

/// Training or serving software on the accelerators of one vendor: its speed over that of the tuned stacks to which the
/// models are fitted, and the range in which that lies.
struct SoftwareStack {
  std::string id;
  std::string vendor;  ///< "*": all that have no stack of their own
  SoftwareTask task = SoftwareTask::kTraining;
  std::string name;
  bool usual = false;  ///< of its vendor and task, where nobody names another
  double efficiency = 1.0, low = 1.0, high = 1.0;
  std::vector<std::string> families;  ///< beginnings of the families of measurements that were made with it
  const Row* row = nullptr;
};

[[nodiscard]] std::span<const SoftwareStack> software_stacks();
/// Null for an unknown id.
[[nodiscard]] const SoftwareStack* find_software_stack(std::string_view id);
/// The stack of a vendor's accelerators where nobody names one; that of unknown vendors where the vendor has none.
[[nodiscard]] const SoftwareStack& usual_software_stack(std::string_view vendor, SoftwareTask task);

}  // namespace gigasim::catalogue
