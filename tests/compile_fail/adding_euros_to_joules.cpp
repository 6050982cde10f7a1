#include "gigasim/units/quantity.hpp"

using namespace gigasim::units;

int main() {
  [[maybe_unused]] const auto fine = EurosPerJoule{1} * Joules{1} + Euros{1};
#ifdef BAD
  [[maybe_unused]] const auto sum = Euros{1} + Joules{1};
#endif
}
