#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

/// Numbers in the code that belong to the model: one declaration says what each is, and a test changes one at a time.
namespace gigasim::units {

/// A number that the model assumes and that another model might set otherwise: a default, a bound, a radius.
/// Conversions between units and constants of mathematics are not of this kind.
///
/// Declared once at namespace scope, and read by functions only (not by the initialisers of other globals: their order
/// is not defined). Reading is a load of a double.
class ModelConstant {
 public:
  struct About {
    std::string_view name;      ///< "workload.slowdown_bound": the room that declares it, and what it is
    std::string_view unit;      ///< base unit as in units::Quantity; empty for a pure number
    std::string_view used_for;  ///< what reads it
    std::string_view source;    ///< where the value comes from, or why it was chosen
    bool whole = false;         ///< has whole values only
  };
  ModelConstant(double value, const About& about) noexcept;
  ModelConstant(const ModelConstant&) = delete;
  ModelConstant& operator=(const ModelConstant&) = delete;
  ~ModelConstant() = default;

  [[nodiscard]] double value() const { return value_; }
  [[nodiscard]] std::int64_t whole() const { return static_cast<std::int64_t>(value_); }
  [[nodiscard]] const About& about() const { return about_; }

 private:
  friend class ScopedConstantChange;
  friend std::vector<const ModelConstant*> model_constants();

  mutable double value_;  // for ScopedConstantChange alone
  About about_;
  const ModelConstant* before_;  // all constants, as a list from the last one declared
};

/// All constants of the program's rooms, by name.
[[nodiscard]] std::vector<const ModelConstant*> model_constants();

/// Returns `value` times `factor`; with `whole` the next whole number from there on, which is another one.
[[nodiscard]] double changed_value(double value, double factor, bool whole);

/// For tests: scales one constant as long as it lives. What a program has already derived from the constant (a default
/// that was printed, say) does not follow: a test changes it before anything else, in a process of its own.
class ScopedConstantChange {
 public:
  ScopedConstantChange(const ModelConstant& constant, double factor);
  ScopedConstantChange(const ScopedConstantChange&) = delete;
  ScopedConstantChange& operator=(const ScopedConstantChange&) = delete;
  ~ScopedConstantChange();

 private:
  const ModelConstant& constant_;
  double before_;
};

}  // namespace gigasim::units
