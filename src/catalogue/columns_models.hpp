#pragma once

#include <array>

#include "columns.hpp"

/// Neural networks, what was measured of them, and the requests that they get.
namespace gigasim::catalogue {

inline constexpr std::array kAiModelColumns{text("id"),
                                            text("name"),
                                            word("kind", "dense | moe"),
                                            text("aliases"),
                                            whole("year", "year", 1990, 2100),
                                            positive("params_b", "billion", 1e6),
                                            positive("active_params_b", "billion", 1e6),
                                            whole("layers", "1", 1, 1e4),
                                            whole("hidden", "1", 1, 1e6),
                                            whole("heads", "1", 1, 1e4),
                                            whole("kv_heads", "1", 1, 1e4),
                                            whole("head_dim", "1", 1, 1e4),
                                            maybe(whole("experts", "1", 1, 1e5)),
                                            maybe(whole("experts_per_token", "1", 1, 1e5)),
                                            whole("context_tokens", "tokens", 1, 1e8),
                                            text("note"),
                                            text("confidence"),
                                            text("source")};
inline constexpr std::array<std::string_view, 3> kAiModelOrder{"active_params_b <= params_b", "kv_heads <= heads",
                                                               "experts_per_token <= experts"};

inline constexpr std::array kTrainingRunColumns{text("id"),
                                                text("model"),
                                                text("family"),
                                                maybe(word("level", "job | step")),
                                                maybe(word("kind", "dense | moe")),
                                                positive("params_b", "billion", 1e6),
                                                positive("active_params_b", "billion", 1e6),
                                                maybe(whole("layers", "1", 1, 1e4)),
                                                maybe(whole("hidden", "1", 1, 1e6)),
                                                maybe(whole("seq_len", "tokens", 1, kMostTokens)),
                                                text("accelerator"),
                                                maybe(whole("accelerators", "1", 1, kMostAccelerators)),
                                                maybe(positive("nic_gbit_s_per_acc", "Gbit/s", 1e6)),
                                                text("precision"),
                                                maybe(whole("tp", "1", 1, 1e5)),
                                                maybe(whole("pp", "1", 1, 1e5)),
                                                maybe(whole("vpp", "1", 1, 1e5)),
                                                maybe(whole("cp", "1", 1, 1e5)),
                                                maybe(whole("ep", "1", 1, 1e5)),
                                                maybe(whole("dp", "1", 1, kMostAccelerators)),
                                                maybe(word("dp_mode", "ddp | fsdp | zero1 | zero2")),
                                                maybe(whole("gbs_seqs", "1", 1, 1e8)),
                                                maybe(whole("micro_batch", "1", 1, 1e5)),
                                                maybe(word("recompute", "full | none | selective")),
                                                maybe(positive("tokens_per_s_per_acc", "tokens/s", 1e9)),
                                                maybe(positive("accelerator_hours", "h", 1e12)),
                                                maybe(positive("tokens_trained_b", "billion tokens", 1e9)),
                                                text("half"),
                                                text("note"),
                                                text("confidence"),
                                                text("source")};
inline constexpr std::array<std::string_view, 3> kTrainingRunOrder{"active_params_b <= params_b",
                                                                   "micro_batch <= gbs_seqs", "tp <= accelerators"};

inline constexpr std::array kInferenceBenchmarkColumns{text("id"),
                                                       text("model"),
                                                       text("family"),
                                                       maybe(word("kind", "dense | moe")),
                                                       positive("params_b", "billion", 1e6),
                                                       positive("active_params_b", "billion", 1e6),
                                                       whole("layers", "1", 1, 1e4),
                                                       whole("hidden", "1", 1, 1e6),
                                                       whole("kv_heads", "1", 1, 1e4),
                                                       whole("head_dim", "1", 1, 1e4),
                                                       text("weight_precision"),
                                                       text("accelerator"),
                                                       whole("accelerators", "1", 1, kMostAccelerators),
                                                       maybe(whole("tp", "1", 1, 1e5)),
                                                       maybe(positive("input_tokens", "tokens", kMostTokens)),
                                                       maybe(positive("output_tokens", "tokens", kMostTokens)),
                                                       text("scenario"),
                                                       maybe(whole("concurrency", "requests", 1, 1e7)),
                                                       maybe(positive("output_tokens_per_s", "tokens/s", 1e12)),
                                                       maybe(positive("ttft_ms", "ms", 1e9)),
                                                       maybe(positive("tpot_ms", "ms", 1e9)),
                                                       text("half"),
                                                       text("note"),
                                                       text("confidence"),
                                                       text("source")};
inline constexpr std::array<std::string_view, 2> kInferenceBenchmarkOrder{"active_params_b <= params_b",
                                                                          "tp <= accelerators"};

/// A share of the speed of a tuned stack, as scenarios may state it.
constexpr Column software_efficiency(std::string_view name) {
  return number(name, "1", 0.05, 2);
}
inline constexpr std::array kSoftwareStackColumns{text("id"),
                                                  text("vendor"),
                                                  word("task", "serving | training"),
                                                  text("stack"),
                                                  yes_no("usual"),
                                                  software_efficiency("software_efficiency"),
                                                  software_efficiency("software_efficiency_low"),
                                                  software_efficiency("software_efficiency_high"),
                                                  text("families"),
                                                  text("note"),
                                                  text("confidence"),
                                                  text("source")};
inline constexpr std::array<std::string_view, 1> kSoftwareStackOrder{
    "software_efficiency_low <= software_efficiency <= software_efficiency_high"};

/// A quantile of tokens: at least one, since the law between two points is linear in the logarithm.
constexpr Column tokens(std::string_view name) {
  return number(name, "tokens", 1, kMostTokens);
}
inline constexpr std::array kRequestLengthColumns{text("id"),
                                                  tokens("input_mean"),
                                                  number("input_cv", "1", 0, 100),
                                                  tokens("input_p1"),
                                                  tokens("input_p10"),
                                                  tokens("input_p25"),
                                                  tokens("input_p50"),
                                                  tokens("input_p75"),
                                                  tokens("input_p90"),
                                                  tokens("input_p95"),
                                                  tokens("input_p99"),
                                                  tokens("input_p999"),
                                                  tokens("input_p100"),
                                                  tokens("output_mean"),
                                                  number("output_cv", "1", 0, 100),
                                                  tokens("output_p1"),
                                                  tokens("output_p10"),
                                                  tokens("output_p25"),
                                                  tokens("output_p50"),
                                                  tokens("output_p75"),
                                                  tokens("output_p90"),
                                                  tokens("output_p95"),
                                                  tokens("output_p99"),
                                                  tokens("output_p999"),
                                                  tokens("output_p100"),
                                                  whole("requests", "requests", 1, 1e12),
                                                  text("note"),
                                                  text("confidence"),
                                                  text("source")};
inline constexpr std::array<std::string_view, 4> kRequestLengthOrder{
    "input_p1 <= input_p10 <= input_p25 <= input_p50 <= input_p75 <= input_p90 <= input_p95 <= input_p99 <= "
    "input_p999 <= input_p100",
    "output_p1 <= output_p10 <= output_p25 <= output_p50 <= output_p75 <= output_p90 <= output_p95 <= output_p99 <= "
    "output_p999 <= output_p100",
    "input_p1 <= input_mean <= input_p100", "output_p1 <= output_mean <= output_p100"};

}  // namespace gigasim::catalogue
