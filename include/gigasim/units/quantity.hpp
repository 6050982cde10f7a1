#pragma once

#include <compare>

namespace gigasim::units {

/// Exponents of the base units: second, joule, FLOP, byte, euro.
template <int Second, int Joule, int Flop, int Byte, int Euro = 0>
struct Dimension {};

/// A number with a physical dimension, held in base units.
///
/// Construction is explicit and in base units; `in_base_units()` is the only way out and is for the edges
/// (SimGrid calls, output). Quantities of different dimension do not add, compare or convert.
template <class Dim>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(double in_base_units) : value_(in_base_units) {}

  [[nodiscard]] constexpr double in_base_units() const { return value_; }

  constexpr auto operator<=>(const Quantity&) const = default;

  constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
  constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity{a.value_ + b.value_}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity{a.value_ - b.value_}; }
  friend constexpr Quantity operator-(Quantity a) { return Quantity{-a.value_}; }
  friend constexpr Quantity operator*(Quantity a, double factor) { return Quantity{a.value_ * factor}; }
  friend constexpr Quantity operator*(double factor, Quantity a) { return Quantity{factor * a.value_}; }
  friend constexpr Quantity operator/(Quantity a, double divisor) { return Quantity{a.value_ / divisor}; }
  friend constexpr double operator/(Quantity a, Quantity b) { return a.value_ / b.value_; }

 private:
  double value_ = 0.0;
};

template <int S1, int J1, int F1, int B1, int E1, int S2, int J2, int F2, int B2, int E2>
[[nodiscard]] constexpr auto operator*(Quantity<Dimension<S1, J1, F1, B1, E1>> a,
                                       Quantity<Dimension<S2, J2, F2, B2, E2>> b) {
  return Quantity<Dimension<S1 + S2, J1 + J2, F1 + F2, B1 + B2, E1 + E2>>{a.in_base_units() * b.in_base_units()};
}

template <int S1, int J1, int F1, int B1, int E1, int S2, int J2, int F2, int B2, int E2>
[[nodiscard]] constexpr auto operator/(Quantity<Dimension<S1, J1, F1, B1, E1>> a,
                                       Quantity<Dimension<S2, J2, F2, B2, E2>> b) {
  return Quantity<Dimension<S1 - S2, J1 - J2, F1 - F2, B1 - B2, E1 - E2>>{a.in_base_units() / b.in_base_units()};
}

using Seconds = Quantity<Dimension<1, 0, 0, 0>>;
using Joules = Quantity<Dimension<0, 1, 0, 0>>;
using Watts = Quantity<Dimension<-1, 1, 0, 0>>;
using Bytes = Quantity<Dimension<0, 0, 0, 1>>;
using BytesPerSecond = Quantity<Dimension<-1, 0, 0, 1>>;
using PerSecond = Quantity<Dimension<-1, 0, 0, 0>>;
using Euros = Quantity<Dimension<0, 0, 0, 0, 1>>;
using EurosPerJoule = Quantity<Dimension<0, -1, 0, 0, 1>>;  ///< price of energy
using EurosPerWatt = Quantity<Dimension<1, -1, 0, 0, 1>>;   ///< price of power

static_assert(sizeof(Watts) == sizeof(double));

namespace literals {
constexpr Seconds operator""_s(long double v) {
  return Seconds{static_cast<double>(v)};
}
constexpr Seconds operator""_s(unsigned long long v) {
  return Seconds{static_cast<double>(v)};
}
constexpr Seconds operator""_h(unsigned long long v) {
  return Seconds{static_cast<double>(v) * 3600.0};
}
constexpr Seconds operator""_d(unsigned long long v) {
  return Seconds{static_cast<double>(v) * 86400.0};
}
constexpr Watts operator""_W(unsigned long long v) {
  return Watts{static_cast<double>(v)};
}
constexpr Watts operator""_MW(long double v) {
  return Watts{static_cast<double>(v) * 1e6};
}
constexpr Watts operator""_MW(unsigned long long v) {
  return Watts{static_cast<double>(v) * 1e6};
}
}  // namespace literals

}  // namespace gigasim::units
