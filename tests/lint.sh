#!/bin/sh
# clang-format over all sources, clang-tidy over those of the program. Silent and 0 when all is clean.
set -eu
cd "$(dirname "$0")/.."
git ls-files '*.cpp' '*.hpp' | xargs clang-format-14 --dry-run --Werror
# By the unity files of the lint preset, which include some eight sources each: their common headers are read once. That
# these are included is no mistake. Flags that only g++ knows would be errors for clang.
find build/lint/src -name 'unity_*.cxx' | sort | xargs -P "$(nproc)" -n 1 clang-tidy-14 -p build/lint --quiet \
  --config-file=.clang-tidy --checks=-bugprone-suspicious-include --extra-arg=-Wno-unknown-warning-option 2>/dev/null
