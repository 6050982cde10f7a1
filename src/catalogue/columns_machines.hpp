#pragma once

#include <array>

#include "columns.hpp"

/// Accelerators, and what was measured on large machines.
namespace gigasim::catalogue {

inline constexpr std::array kAcceleratorColumns{text("id"),
                                                text("name"),
                                                text("vendor"),
                                                text("aliases"),
                                                text("kind"),
                                                text("unit"),
                                                whole("year", "year", 1990, 2100),
                                                maybe(positive("bf16_dense_tflops", "TFLOP/s", 1e6)),
                                                maybe(positive("h100_equivalent", "1", 1e4)),
                                                maybe(positive("fp8_dense_tflops", "TFLOP/s", 1e6)),
                                                maybe(positive("fp4_dense_tflops", "TFLOP/s", 1e6)),
                                                maybe(positive("matmul_bf16_measured_tflops", "TFLOP/s", 1e6)),
                                                positive("memory_gb", "GB", 1e5),
                                                maybe(positive("memory_tb_s", "TB/s", 1e4)),
                                                maybe(positive("scaleup_gb_s_per_dir", "GB/s", 1e6)),
                                                maybe(whole("scaleup_domain", "accelerators", 1, 1e6)),
                                                maybe(positive("scaleout_gbit_s_per_acc", "Gbit/s", 1e6)),
                                                whole("per_node", "accelerators", 1, kMostPerNode),
                                                maybe(number("acc_idle_w", "W", 0, 1e5)),
                                                maybe(number("node_base_idle_w", "W", 0, 1e5)),
                                                maybe(positive("acc_tdp_w", "W", 1e5)),
                                                maybe(number("node_base_load_w", "W", 0, 1e5)),
                                                maybe(positive("training_avg_acc_w", "W", 1e5)),
                                                maybe(positive("inference_avg_acc_w", "W", 1e5)),
                                                maybe(positive("rated_kw_per_acc", "kW", 1e3)),
                                                text("power_conf"),
                                                text("power_source"),
                                                text("note"),
                                                text("confidence"),
                                                text("source")};
inline constexpr std::array<std::string_view, 2> kAcceleratorOrder{"acc_idle_w <= acc_tdp_w",
                                                                   "node_base_idle_w <= node_base_load_w"};

inline constexpr std::array kFailureRecordColumns{text("id"),
                                                  text("system"),
                                                  text("accelerator"),
                                                  whole("accelerators", "accelerators", 1, kMostAccelerators),
                                                  whole("per_node", "accelerators", 1, kMostPerNode),
                                                  maybe(positive("period_days", "d", 1e5)),
                                                  text("metric"),
                                                  text("value"),
                                                  text("unit"),
                                                  maybe(number("per_1000_node_days", "1/(1000 node-d)", 0, 1e6)),
                                                  maybe(number("per_acc_day", "1/accelerator-d", 0, 1e3)),
                                                  text("note"),
                                                  text("confidence"),
                                                  text("source")};

}  // namespace gigasim::catalogue
