#!/bin/sh
# clang-format over all sources, clang-tidy over those of the program. Silent and 0 when all is clean.
set -eu
cd "$(dirname "$0")/.."
git ls-files '*.cpp' '*.hpp' | xargs clang-format-14 --dry-run --Werror
# The debug preset compiles each file alone, as clang-tidy does. Flags that only g++ knows would be errors for clang.
git ls-files 'src/*.cpp' | xargs -P "$(nproc)" -n 4 clang-tidy-14 -p build/debug --quiet \
  --extra-arg=-Wno-unknown-warning-option 2>/dev/null
