#pragma once

#include <array>

#include "columns.hpp"

/// What users submit, when, and by which right.
namespace gigasim::catalogue {

inline constexpr std::array kAccessModeColumns{text("id"),
                                               text("name"),
                                               text("family"),
                                               word("time_holder", "eu | national | private"),
                                               text("eligible"),
                                               text("eligible_users"),
                                               maybe(number("min_amount", "1", 0, 1e10)),
                                               maybe(positive("max_amount", "1", 1e10)),
                                               text("amount_unit"),
                                               text("amount_conf"),
                                               maybe(positive("allocation_months", "months", 1200)),
                                               text("allocation_conf"),
                                               maybe(number("decision_working_days", "working days", 0, 1e4)),
                                               text("decision_conf"),
                                               text("intake"),
                                               text("cut_offs"),
                                               text("selection"),
                                               text("price"),
                                               text("scheduler_class"),
                                               text("arrival_hint"),
                                               text("note"),
                                               text("confidence"),
                                               text("source")};
inline constexpr std::array<std::string_view, 1> kAccessModeOrder{"min_amount <= max_amount"};

/// Classes of jobs by how they gain from a faster accelerator.
constexpr Column speed_class(std::string_view name) {
  return word(name, "debug | eval | mllm | other | pretrain | sft");
}
/// Throughput over that of an H100.
constexpr Column speed_ratio(std::string_view name) {
  return number(name, "1", 0.01, 1000);
}
inline constexpr std::array kSpeedRatioColumns{text("id"),
                                               speed_class("speed_class"),
                                               text("accelerators"),
                                               speed_ratio("ratio_vs_h100"),
                                               speed_ratio("ratio_low"),
                                               speed_ratio("ratio_high"),
                                               text("evidence_date"),
                                               text("confidence"),
                                               text("source")};
inline constexpr std::array<std::string_view, 1> kSpeedRatioOrder{"ratio_low <= ratio_vs_h100 <= ratio_high"};

inline constexpr std::array kScalableFractionColumns{text("id"),
                                                     number("fraction", "1", 0, 1),
                                                     number("fraction_low", "1", 0, 1),
                                                     number("fraction_high", "1", 0, 1),
                                                     text("note"),
                                                     text("evidence_date"),
                                                     text("confidence"),
                                                     text("source")};
inline constexpr std::array<std::string_view, 1> kScalableFractionOrder{"fraction_low <= fraction <= fraction_high"};

inline constexpr std::array kJobMixColumns{text("id"),
                                           text("mix"),
                                           number("job_share", "1", 0, 1),
                                           number("gpu_time_share", "1", 0, 1),
                                           yes_no("pre_training"),
                                           positive("cancel_g0_hours", "accelerator-h", 1e12),
                                           number("cancel_exponent", "1", 0, 10),
                                           number("failed_probability", "1", 0, 1),
                                           text("outcome_conf"),
                                           whole("reference_accelerators", "accelerators", 1, kMostAccelerators),
                                           text("reference_conf"),
                                           maybe(id_of("accelerators", "recorded_on")),
                                           maybe(speed_class("speed_class")),
                                           text("confidence"),
                                           text("source")};
inline constexpr std::array<Share, 1> kJobMixShares{{{"mix", "job_share"}}};
inline constexpr std::array<Detail, 2> kJobMixDetails{{{"job-sizes", "class"}, {"job-durations", "class"}}};

inline constexpr std::array kJobSizeColumns{text("id"),
                                            id_of("job-mixes", "class"),
                                            whole("size", "accelerators", 1, 1e7),
                                            number("probability", "1", 0, 1),
                                            text("confidence"),
                                            text("source")};
inline constexpr std::array<Share, 1> kJobSizeShares{{{"class", "probability"}}};

/// Durations up to the 200 years that a scenario may ask for.
inline constexpr std::array kJobDurationColumns{text("id"),
                                                id_of("job-mixes", "class"),
                                                number("seconds", "s", 0.001, 200 * 31557600.0),
                                                number("cumulative_percent", "%", 0, 100),
                                                text("confidence"),
                                                text("source")};

/// Arrivals per hour or day over their mean.
constexpr Column rate(std::string_view name) {
  return number(name, "1", 0, 1e3);
}
inline constexpr std::array kArrivalProfileColumns{
    text("id"),  rate("h00"), rate("h01"), rate("h02"), rate("h03"),  rate("h04"),        rate("h05"),
    rate("h06"), rate("h07"), rate("h08"), rate("h09"), rate("h10"),  rate("h11"),        rate("h12"),
    rate("h13"), rate("h14"), rate("h15"), rate("h16"), rate("h17"),  rate("h18"),        rate("h19"),
    rate("h20"), rate("h21"), rate("h22"), rate("h23"), rate("mon"),  rate("tue"),        rate("wed"),
    rate("thu"), rate("fri"), rate("sat"), rate("sun"), text("note"), text("confidence"), text("source")};
inline constexpr std::array<Share, 2> kArrivalProfileShares{
    {{"", "h00 h01 h02 h03 h04 h05 h06 h07 h08 h09 h10 h11 h12 h13 h14 h15 h16 h17 h18 h19 h20 h21 h22 h23"},
     {"", "mon tue wed thu fri sat sun"}}};

inline constexpr std::array kBurstColumns{text("id"),
                                          text("stands_for"),
                                          number("size_p50", "jobs", 1, 1e6),
                                          number("size_p90", "jobs", 1, 1e6),
                                          number("size_p95", "jobs", 1, 1e6),
                                          number("size_p99", "jobs", 1, 1e6),
                                          number("size_p100", "jobs", 1, 1e6),
                                          maybe(number("measured_mean_size", "jobs", 1, 1e6)),
                                          text("note"),
                                          text("confidence"),
                                          text("source")};
inline constexpr std::array<std::string_view, 1> kBurstOrder{
    "size_p50 <= size_p90 <= size_p95 <= size_p99 <= size_p100"};

inline constexpr std::array kSectorMixColumns{
    text("id"),          text("mix"),  text("sector"),     whole("factories", "factories", 0, 1e4),
    text("share_basis"), text("note"), text("confidence"), text("source")};
inline constexpr std::array<Share, 1> kSectorMixShares{{{"mix", "factories"}}};

/// The parameters of the Beta law end at 5: it is drawn by trying about binomial(a + b, a) times, 252 there.
inline constexpr std::array kWalltimeModelColumns{text("id"),
                                                  number("p_full", "1", 0, 1),
                                                  number("beta_a", "1", 0.05, 5),
                                                  number("beta_b", "1", 0.05, 5),
                                                  number("beta_ks_distance", "1", 0, 1),
                                                  number("top20_request_share", "1", 0, 1),
                                                  whole("distinct_requests", "1", 1, 1e9),
                                                  text("confidence"),
                                                  text("source")};

}  // namespace gigasim::catalogue
