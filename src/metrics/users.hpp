#pragma once

#include "books.hpp"

namespace gigasim::metrics {

/// How equally the users fare: Jain's index of the means over each user's jobs, every user once however many jobs it
/// has. Jobs that still wait count with their age. O(j log u), j jobs of u users.
[[nodiscard]] UserFigures describe_users(const Books& books);

}  // namespace gigasim::metrics
