#pragma once

#include "books.hpp"

namespace gigasim::metrics {

/// Works out the regional figures and the capacity by what it rests on from the closed books. Needs the job table.
void fold_regional(const Books& books, Results& results);

}  // namespace gigasim::metrics
