#pragma once

#include "object.hpp"
#include "spec.hpp"

namespace gigasim::scenario {

[[nodiscard]] const Object<PrivilegeSpec>& privilege_object();

}  // namespace gigasim::scenario
