#include "gigasim/units/quantity.hpp"

#include <catch2/catch.hpp>
#include <type_traits>

#include "gigasim/units/digest.hpp"

using namespace gigasim::units;
using namespace gigasim::units::literals;

TEST_CASE("power times time is energy, and energy over time is power", "[units]") {
  const Joules used = 10.0_MW * 3600.0_s;
  CHECK(used.in_base_units() == 3.6e10);
  CHECK((used / 3600_s) == 10_MW);
  static_assert(std::is_same_v<decltype(used / 3600_s), Watts>);
  static_assert(std::is_same_v<decltype(Bytes{1} / Seconds{1}), BytesPerSecond>);
  static_assert(std::is_same_v<decltype(Seconds{6} / Seconds{2}), double>);
}

TEST_CASE("a price times an amount is money", "[units]") {
  static_assert(std::is_same_v<decltype(EurosPerJoule{1} * Joules{1}), Euros>);
  static_assert(std::is_same_v<decltype(EurosPerWatt{1} * Watts{1}), Euros>);
  static_assert(std::is_same_v<decltype(Euros{6} / Euros{2}), double>);
  // 50 EUR/MWh x 2 GWh = 100,000 EUR
  CHECK((EurosPerJoule{50.0 / 3.6e9} * Joules{2.0 * 3.6e12}).in_base_units() == Approx(100000.0).epsilon(1e-12));
}

TEST_CASE("a quantity is built only on purpose", "[units]") {
  static_assert(!std::is_convertible_v<double, Watts>);
  static_assert(!std::is_convertible_v<Watts, double>);
  static_assert(!std::is_constructible_v<Watts, Joules>);
  CHECK(Watts{} == Watts{0});
}

TEST_CASE("the digest is SHA-256", "[units]") {
  // FIPS 180-2, appendix B.1.
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 pieces;
  pieces.add("a");
  pieces.add("");
  pieces.add("bc");
  CHECK(pieces.hex() == sha256_hex("abc"));
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
