#include <catch2/catch.hpp>
#include <string>

#include "gigasim/scheduling/priority.hpp"
#include "schedules.hpp"

using namespace gigasim;
using namespace gigasim::scheduling::test;
using scheduling::make_queue_policy;

// One workload under every policy, worked out by hand. A row is an accelerator, a column a second from 0, a dot is
// idle. Four accelerators; all jobs run to their walltimes. B and C come at one instant, and D, G and Z; Z has no
// runtime: it needs its two accelerators at the instant at which it starts and ends, which has no column.
//
//   job          A   B   C   D   G   Z   E
//   submitted    0   1   1   2   2   2   3
//   runtime      4   3   6   2   1   0   2
//   accelerators 3   4   1   1   1   2   3
//   area        12  12   6   2   1   0   6
namespace {

const std::vector<TestJob> kSeven{{0, 4, 4, 3}, {1, 3, 3, 4}, {1, 6, 6, 1}, {2, 2, 2, 1},
                                  {2, 1, 1, 1}, {2, 0, 0, 2}, {3, 2, 2, 3}};

/// The starts of A, B, C, D, G, Z, E.
std::vector<double> seven_under(scheduling::QueuePolicy& policy) {
  policy.set_capacity(4);
  return start_times(policy, kSeven);
}

std::vector<double> seven_under(const char* policy) {
  return seven_under(*make_queue_policy(policy));
}

using Starts = std::vector<double>;

}  // namespace

TEST_CASE("seven jobs under fcfs, worked out by hand", "[scheduling][gantt]") {
  // B waits for A, and all behind B wait for it. At 7 C, D and G take one each; Z needs two: it waits for G, E for D.
  //   AAAABBBCCCCCC
  //   AAAABBBDDEE
  //   AAAABBBG.EE     Z at 8
  //   ....BBB..EE
  CHECK(seven_under("fcfs") == Starts{0, 4, 7, 7, 7, 8, 9});
}

TEST_CASE("seven jobs under easy, worked out by hand", "[scheduling][gantt]") {
  // B is reserved at 4, with nothing to spare. C would end at 7; D ends at 4 and starts at 2. At 7 C and G start and Z
  // is over at once; E needs the three that G leaves at 8.
  //   AAAABBBCCCCCC
  //   AAAABBBGEE
  //   AAAABBB.EE      Z at 7
  //   ..DDBBB.EE
  CHECK(seven_under("easy") == Starts{0, 4, 7, 2, 7, 7, 8});
}

TEST_CASE("seven jobs under easy-sjbf, worked out by hand", "[scheduling][gantt]") {
  // At 2 the shortest that fits is G; then D would end at 5, after B's reservation. At 7 the queue is C, D, Z, E.
  //   AAAABBBCCCCCC
  //   AAAABBBDDEE
  //   AAAABBB..EE     Z at 7
  //   ..G.BBB..EE
  CHECK(seven_under("easy-sjbf") == Starts{0, 4, 7, 7, 2, 7, 9});
}

TEST_CASE("seven jobs under easy-sjf, worked out by hand", "[scheduling][gantt]") {
  // At 2 the head is Z, reserved at 4 with two to spare: G starts, and at 3 D, which takes one of them until 5. (D and
  // E tie; D came first.) At 4 Z is over at once and E starts; B has all four at 6, C comes last.
  //   AAAAEEBBBCCCCCC
  //   AAAAEEBBB
  //   AAAAEEBBB       Z at 4
  //   ..GDD.BBB
  CHECK(seven_under("easy-sjf") == Starts{0, 6, 9, 3, 2, 4, 4});
}

TEST_CASE("seven jobs under easy-saf, worked out by hand", "[scheduling][gantt]") {
  // C, of less area than B, starts at 1. At 4 the order is Z, G, D, E, B: Z and G start, and when Z is over D. E has
  // three at 6, B all four at 8.
  //   AAAAG.EEBBB
  //   AAAADDEEBBB
  //   AAAA..EEBBB     Z at 4
  //   .CCCCCC.BBB
  CHECK(seven_under("easy-saf") == Starts{0, 8, 1, 4, 4, 4, 6});
}

TEST_CASE("seven jobs under easy-sqf, worked out by hand", "[scheduling][gantt]") {
  // C starts at 1. At 4 the narrow ones go first, D before G as it came first; one is left, Z needs two: it starts when
  // G ends, at 5. E has three at 6, B all four at 8.
  //   AAAADDEEBBB
  //   AAAAG.EEBBB
  //   AAAA..EEBBB     Z at 5
  //   .CCCCCC.BBB
  CHECK(seven_under("easy-sqf") == Starts{0, 8, 1, 4, 4, 5, 6});
}

TEST_CASE("seven jobs under easy-lxf, worked out by hand", "[scheduling][gantt]") {
  // At 1 B and C tie at 1: B, which came first, is the head, reserved at 4 with nothing to spare. At 2 Z (infinite) is
  // the head, reserved at 4 with two to spare: B does not fit, C (7 / 6) does. At 4: Z; G (3); B and D tie at 2, B
  // first; E (1.5). Z and G start; B is reserved at 8, when C ends. When Z is over D fits before that, and E at 6 as
  // well.
  //   AAAAG.EEBBB
  //   AAAADDEEBBB
  //   AAAA..EEBBB     Z at 4
  //   ..CCCCCCBBB
  CHECK(seven_under("easy-lxf") == Starts{0, 8, 2, 4, 4, 4, 6});
}

TEST_CASE("seven jobs under the conservative policies, worked out by hand", "[scheduling][gantt]") {
  // Places at arrival: B [4, 7), C [7, 13), D [2, 4), G [7, 8), Z at 7, when two are still free, E [8, 10) behind G.
  // All run to their walltimes, so that both kinds keep them.
  //   AAAABBBCCCCCC
  //   AAAABBBGEE
  //   AAAABBB.EE      Z at 7
  //   ..DDBBB.EE
  CHECK(seven_under("conservative") == Starts{0, 4, 7, 2, 7, 7, 8});
  CHECK(seven_under("conservative-compress") == Starts{0, 4, 7, 2, 7, 7, 8});
}

TEST_CASE("seven jobs under multifactor by size, worked out by hand", "[scheduling][gantt]") {
  // The larger a job the sooner: B, E, Z, then by submission C, D, G. B has the place [4, 7); D ends before it and
  // starts at 2. At 3 E gets [7, 9); beside it one is free, for C from 7 on. Z finds two at 9, and G one beside it.
  //   AAAABBBCCCCCC
  //   AAAABBBEEG
  //   AAAABBBEE       Z at 9
  //   ..DDBBBEE
  scheduling::PriorityRules by_size;
  by_size.size = 1.0;
  CHECK(seven_under(*scheduling::make_multifactor_queue(by_size)) == Starts{0, 4, 7, 2, 9, 9, 7});
}
