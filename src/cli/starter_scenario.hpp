#pragma once

namespace gigasim::cli {

/// scenarios/single-site.yaml, what `gigasim init` writes.
extern const char* const kStarterScenario;

}  // namespace gigasim::cli
