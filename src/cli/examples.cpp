#include "examples.hpp"

#include <algorithm>
#include <array>

namespace gigasim::cli {
namespace {

struct Example {
  std::string_view words, line;
};

constexpr std::array kExamples{
    Example{"init", "gigasim init my.yaml"},
    Example{"validate", "gigasim validate my.yaml"},
    Example{"show", "gigasim show my.yaml --set seed=3"},
    Example{"schema", "gigasim schema --reference"},
    Example{"run", "gigasim run my.yaml --seed 3 -o results/my-3"},
    Example{"replay", "gigasim replay jobs.swf --accelerators 128 --policy fcfs --policy easy"},
    Example{"compare", "gigasim compare results/my results/my-3"},
    Example{"import", "gigasim import sacct log.txt -o jobs.csv"},
    Example{"report", "gigasim report my.yaml -o my.html"},
    Example{"explain", "gigasim explain results/my 17"},
    Example{"cost", "gigasim cost results/my"},
    Example{"check", "gigasim check my.yaml --profile gigafactory-2026"},
    Example{"baseline record", "gigasim baseline record my.yaml"},
    Example{"baseline check", "gigasim baseline check scenarios/ --junit junit.xml"},
    Example{"baseline update", "gigasim baseline update my.yaml --reason \"the site opens a year later\""},
    Example{"baseline diff", "gigasim baseline diff baselines/my.baseline --against HEAD~1"},
    Example{"catalogue list", "gigasim catalogue list accelerators"},
    Example{"catalogue show", "gigasim catalogue show H100-SXM-80"},
    Example{"catalogue cite", "gigasim catalogue cite H100-SXM-80"},
    Example{"models train",
            "gigasim models train --model llama-3.1-405b --accelerator H100-SXM-80 -n 16384 --tokens 15.6e12"},
    Example{"models check", "gigasim models check"},
    Example{"metrics list", "gigasim metrics list"},
    Example{"metrics explain", "gigasim metrics explain queue_time_p95"},
    Example{"completion", "gigasim completion bash > ~/.local/share/bash-completion/completions/gigasim"},
    Example{"man", "gigasim man baseline check | man -l -"},
};

}  // namespace

std::string_view example_of(std::string_view words) {
  const auto* const found =
      std::find_if(kExamples.begin(), kExamples.end(), [&](const Example& one) { return one.words == words; });
  return found == kExamples.end() ? std::string_view{} : found->line;
}

}  // namespace gigasim::cli
