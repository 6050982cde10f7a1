#include "gigasim/units/quantity.hpp"

using namespace gigasim::units;

int main() {
  [[maybe_unused]] const auto fine = Watts{1} * Seconds{1} + Joules{1};
#ifdef BAD
  [[maybe_unused]] const double p = Watts{1};
#endif
}
