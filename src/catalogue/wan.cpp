#include "cells.hpp"
#include "editions.hpp"
#include "gigasim/catalogue/catalogue.hpp"

namespace gigasim::catalogue {
namespace {

WanNode read_node(const Row& row) {
  return {row.id(), row["kind"], row["country"], {required(row, "lat"), required(row, "lon")}};
}

units::BytesPerSecond gigabits(const Row& row, std::string_view column) {
  return units::BytesPerSecond{required(row, column) * 1e9 / 8.0};
}

WanLink read_link(const Row& row) {
  return {row.id(),
          row["from"],
          row["to"],
          units::Seconds{required(row, "latency_one_way_ms") / 1000.0},
          gigabits(row, "capacity_low_gbit_s"),
          gigabits(row, "capacity_best_gbit_s"),
          gigabits(row, "capacity_hyper_gbit_s")};
}

}  // namespace

std::span<const WanNode> wan_nodes() {
  static PerEdition<std::vector<WanNode>> all{[] { return read_rows("wan-nodes", read_node); }};
  return all.get();
}

std::span<const WanLink> wan_links() {
  static PerEdition<std::vector<WanLink>> all{[] { return read_rows("wan-links", read_link); }};
  return all.get();
}

}  // namespace gigasim::catalogue
