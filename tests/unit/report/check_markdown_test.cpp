#include <catch2/catch.hpp>
#include <string>

#include "sample_checks.hpp"

using namespace gigasim::report;

TEST_CASE("the summary shows what did not pass first and folds the rest", "[report][ci]") {
  CHECK(to_check_markdown(sample::checks()) ==
        R"md(## ✗ 1 failed, 1 error, 1 skipped, ✓ 1 passed

| outcome | group | check | message |
| :--- | :--- | :--- | :--- |
| ✗ failed | network | queue_time_p95 | 3.4 h, at most 2 h was promised: +70 % |
| ✗ error | site "a\|b" | energy | no figure &lt;of> \`energy\` &amp; co |
| skipped | network | utilisation | too few jobs |

<details>
<summary>network: queue_time_p95</summary>

```text
recorded  2 h
found     3.4 h
```

</details>

<details>
<summary>✓ 1 passed</summary>

| group | check |
| :--- | :--- |
| network | jobs_finished |

</details>
)md");
}

TEST_CASE("a summary without failures is its heading and the folded list", "[report][ci]") {
  const std::vector<CheckSuite> suites{{"a", {{"g", "x", CheckOutcome::kPassed, "", "", "", 0, 0}}},
                                       {"b", {{"g", "x", CheckOutcome::kPassed, "", "", "", 0, 0}}}};
  CHECK(to_check_markdown(suites) ==
        R"md(## ✓ 2 passed

<details>
<summary>✓ 2 passed</summary>

| suite | group | check |
| :--- | :--- | :--- |
| a | g | x |
| b | g | x |

</details>
)md");
  CHECK(to_check_markdown({}) == "## ✓ 0 passed\n");
}

TEST_CASE("nothing in a case can break out of its cell or its block", "[report][ci]") {
  const std::vector<CheckSuite> suites{
      {"s", {{"</details>", "a\nb", CheckOutcome::kError, "x\n| y", "````\n</details>\n", "", 0, 0}}}};
  CHECK(to_check_markdown(suites) ==
        R"md(## ✗ 1 error, ✓ 0 passed

| outcome | group | check | message |
| :--- | :--- | :--- | :--- |
| ✗ error | &lt;/details> | a b | x \| y |

<details>
<summary>&lt;/details>: a b</summary>

`````text
````
</details>
`````

</details>
)md");
}
