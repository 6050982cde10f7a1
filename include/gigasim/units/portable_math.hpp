#pragma once

/// Elementary functions whose bits are ours: built from IEEE 754 additions, multiplications and divisions alone, in a
/// fixed order, so that a random draw has the same bits on every x86-64 processor, with or without fused multiply-add
/// (the mathematics library picks another implementation for each). Used wherever a result reaches the simulation.
namespace gigasim::units {

/// Natural logarithm. Relative error below 4 ulp for normal positive `x`; -infinity at 0, NaN below.
[[nodiscard]] double portable_log(double x);

/// Exponential. Relative error below 4 ulp for |x| <= 700; 0 and infinity beyond the range of a double.
[[nodiscard]] double portable_exp(double x);

/// x^y = exp(y log x) for x > 0; 0 for x = 0 and y > 0. Relative error below 1e-13 for |y log x| <= 100.
[[nodiscard]] double portable_pow(double x, double y);

}  // namespace gigasim::units
