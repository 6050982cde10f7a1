#include "gigasim/units/model_constant.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "gigasim/units/geo.hpp"

using namespace gigasim::units;

namespace {

const ModelConstant kLength{2.5, {"test.length", "km", "this test", "made up"}};
const ModelConstant kCount{128, {"test.count", "", "this test", "made up", true}};

const ModelConstant& named(std::string_view name) {
  for (const ModelConstant* constant : model_constants()) {
    if (constant->about().name == name) return *constant;
  }
  FAIL("no constant " << name);
  return kLength;
}

}  // namespace

TEST_CASE("every declared constant is listed, by name", "[units][model-constant]") {
  const auto all = model_constants();
  CHECK(&named("test.length") == &kLength);
  CHECK(&named("test.count") == &kCount);
  CHECK(named("units.earth_radius").value() == 6371.0);
  CHECK(std::is_sorted(all.begin(), all.end(), [](const ModelConstant* a, const ModelConstant* b) {
    return a->about().name < b->about().name;
  }));
}

TEST_CASE("a change holds as long as it lives", "[units][model-constant]") {
  {
    const ScopedConstantChange change{kLength, 1.001};
    CHECK(kLength.value() == 2.5 * 1.001);
  }
  CHECK(kLength.value() == 2.5);
}

TEST_CASE("a whole constant changes to the next whole number at least", "[units][model-constant]") {
  const ScopedConstantChange change{kCount, 1.001};
  CHECK(kCount.whole() == 129);                     // 128.128
  CHECK(changed_value(4096, 1.001, true) == 4101);  // 4100.096
  CHECK(changed_value(7, 1.0, true) == 8);          // else nothing would change
  CHECK(changed_value(-1, 1.001, true) == 0);
  CHECK(changed_value(4, 1.5, false) == 6);
}

TEST_CASE("code that reads a constant follows the change", "[units][model-constant]") {
  const ScopedConstantChange change{named("units.earth_radius"), 2.0};
  CHECK(great_circle_km({0, 0}, {0, 1}) == 222.390);  // 2 x 111.1949 km a degree
}
