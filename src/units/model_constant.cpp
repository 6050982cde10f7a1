#include "gigasim/units/model_constant.hpp"

#include <algorithm>
#include <cmath>

namespace gigasim::units {
namespace {

/// Zero before any dynamic initialisation, so that constants of all files find it ready.
constinit const ModelConstant* last_declared = nullptr;

}  // namespace

ModelConstant::ModelConstant(double value, const About& about) noexcept
    : value_(value), about_(about), before_(last_declared) {
  last_declared = this;
}

std::vector<const ModelConstant*> model_constants() {
  std::vector<const ModelConstant*> all;
  for (const ModelConstant* c = last_declared; c != nullptr; c = c->before_) all.push_back(c);
  std::sort(all.begin(), all.end(),
            [](const ModelConstant* a, const ModelConstant* b) { return a->about().name < b->about().name; });
  return all;
}

double changed_value(double value, double factor, bool whole) {
  if (!whole) return value * factor;
  const double next = std::ceil(value * factor);
  return next != value ? next : value + 1.0;
}

ScopedConstantChange::ScopedConstantChange(const ModelConstant& constant, double factor)
    : constant_(constant), before_(constant.value_) {
  constant_.value_ = changed_value(before_, factor, constant.about().whole);
}

ScopedConstantChange::~ScopedConstantChange() {
  constant_.value_ = before_;
}

}  // namespace gigasim::units
