#pragma once

#include "gigasim/baseline/comparison.hpp"

namespace gigasim::baseline::sample {

/// An entry by its name ("energy{site=jaif}").
Entry entry(const std::string& name, std::optional<double> value, bool lower_bound = false);

/// A baseline of four figures, all exact.
Baseline baseline();

/// The text of baseline(), with one part replaced; REQUIREs that the part is there.
std::string text_with(const std::string& part, const std::string& replacement);

/// The messages of the error that reading a text ends in; none when it does not.
std::vector<std::string> errors_of(const std::string& text);

}  // namespace gigasim::baseline::sample
