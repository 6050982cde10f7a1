#include "ledger.hpp"

#include <catch2/catch.hpp>

using gigasim::metrics::kForever;
using gigasim::metrics::Ledger;
using gigasim::metrics::Peak;
using gigasim::metrics::Window;

TEST_CASE("a window overlaps an interval by their common part", "[metrics][ledger]") {
  const Window window{10, 20};
  CHECK(window.overlap(0, 10) == 0);
  CHECK(window.overlap(5, 12) == 2);
  CHECK(window.overlap(12, 15) == 3);
  CHECK(window.overlap(0, 100) == 10);
  CHECK(window.overlap(20, 30) == 0);
  CHECK((window.contains(10) && window.contains(19) && !window.contains(9) && !window.contains(20)));
}

TEST_CASE("a window whose begin is not known overlaps nothing", "[metrics][ledger]") {
  CHECK(Window{kForever, kForever}.overlap(0, 1000) == 0);
}

TEST_CASE("a ledger integrates a step function over the run and over the window", "[metrics][ledger]") {
  // 3 on [0, 8), 5 on [8, 14), 1 on [14, 30). Whole: 24 + 30 + 16 = 70. Window [10, 20): 4 x 5 + 6 x 1 = 26.
  const Window window{10, 20};
  Ledger ledger;
  ledger.change(3, 0, window);
  ledger.change(2, 8, window);
  ledger.change(-4, 14, window);
  ledger.settle(30, window);
  CHECK(ledger.value() == 1);
  CHECK(ledger.whole() == 70);
  CHECK(ledger.inside() == 26);
}

TEST_CASE("settling again and again adds nothing", "[metrics][ledger]") {
  const Window window{0, 100};
  Ledger once, often;
  once.change(7, 0, window);
  often.change(7, 0, window);
  for (int t = 0; t <= 50; ++t) {
    often.settle(t, window);
    often.settle(t, window);
  }
  once.settle(50, window);
  CHECK(once.whole() == often.whole());
  CHECK(once.inside() == often.inside());
}

TEST_CASE("a peak counts only what lasts, and only inside the window", "[metrics][ledger]") {
  const Window window{10, 20};
  Peak peak;
  peak.change(9, 0, window);     // 9 before the window
  peak.change(-5, 8, window);    // 4 into the window
  peak.change(100, 12, window);  // 104 for no time at all
  peak.change(-98, 12, window);  // 6
  peak.change(50, 20, window);   // 56 after the window
  peak.settle(30, window);
  CHECK(peak.highest() == 6);
}
