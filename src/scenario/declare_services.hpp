#pragma once

#include "object.hpp"
#include "spec.hpp"

/// How inference services are written.
namespace gigasim::scenario {

[[nodiscard]] const Object<ServiceSpec>& service_object();

}  // namespace gigasim::scenario
