#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cmath>
#include <set>

#include "cells.hpp"
#include "gigasim/catalogue/catalogue.hpp"

using namespace gigasim::catalogue;

TEST_CASE("accelerators are found by id and alias in any case", "[catalogue][accelerators]") {
  const Accelerator* gh200 = find_accelerator("GH200-96");
  REQUIRE(gh200 != nullptr);
  CHECK(find_accelerator("gh200") == gh200);
  CHECK(find_accelerator("NVIDIA GH200") == gh200);
  CHECK(find_accelerator("GB300")->id == "GB300-NVL72");
  CHECK(find_accelerator("GH2000") == nullptr);
  CHECK(find_accelerator("") == nullptr);
}

TEST_CASE("powers of an accelerator hold its share of the node", "[catalogue][accelerators]") {
  // GH200: idle 100 W and 20 W of the node, limit 680 W and 60 W. H100: 70 + 180 and 700 + 350.
  CHECK(find_accelerator("GH200")->idle_power.in_base_units() == 120.0);
  CHECK(find_accelerator("GH200")->full_power.in_base_units() == 740.0);
  CHECK(find_accelerator("H100")->idle_power.in_base_units() == 250.0);
  CHECK(find_accelerator("H100")->full_power.in_base_units() == 1050.0);
}

TEST_CASE("no alias or id names two accelerators", "[catalogue][accelerators]") {
  std::set<std::string> names;
  for (const Row& row : rows_of("accelerators")) {
    auto all = list(row, "aliases");
    all.push_back(row.id());
    for (std::string name : all) {
      INFO(name);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      CHECK(names.insert(name).second);
    }
  }
}

TEST_CASE("an H100 equivalent is the dense BF16 peak over 989 TFLOP/s", "[catalogue][accelerators]") {
  for (const Accelerator& accelerator : accelerators()) {
    INFO(accelerator.id);
    CHECK(accelerator.h100_equivalent == Approx(accelerator.bf16_dense_tflops / 989.0).margin(0.000501));
  }
  CHECK(find_accelerator("H100")->h100_equivalent == 1.0);
}

TEST_CASE("usable accelerators draw more when busy than idle", "[catalogue][accelerators]") {
  for (const Accelerator& accelerator : accelerators()) {
    INFO(accelerator.id);
    CHECK(accelerator.idle_power.in_base_units() > 0.0);
    CHECK(accelerator.full_power > accelerator.idle_power);
    CHECK(accelerator.memory_gb > 0.0);
    CHECK(accelerator.per_node >= 1);
    CHECK(accelerator.row == find_table("accelerators")->find(accelerator.id));
  }
}

TEST_CASE("accelerators without known power stay in the table only", "[catalogue][accelerators]") {
  for (const char* id : {"RUBIN", "MI455X", "Gaudi3", "TPU-v5p", "RHEA1"}) {
    INFO(id);
    CHECK(find_table("accelerators")->find(id) != nullptr);
    CHECK(find_accelerator(id) == nullptr);
  }
  CHECK(accelerators().size() < find_table("accelerators")->rows.size());
}

TEST_CASE("derived powers are marked as low", "[catalogue][accelerators]") {
  const Row& tpu = *find_table("accelerators")->find("TPU-v4");
  CHECK(tpu["power_conf"].starts_with("low"));
  // 90 W idle and half of the host's 60 W; 192 W and 60 W busy.
  CHECK(find_accelerator("TPU-v4")->idle_power.in_base_units() == 120.0);
  CHECK(find_accelerator("TPU-v4")->full_power.in_base_units() == 252.0);
}
