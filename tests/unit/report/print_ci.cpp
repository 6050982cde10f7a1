// Prints sample checks in a format of continuous integration, for validators that are not written in C++.
#include <iostream>
#include <string>

#include "sample_checks.hpp"

using namespace gigasim::report;

int main(int argc, char** argv) {
  const std::string which = argc > 1 ? argv[1] : "sample";
  const std::vector<CheckSuite> hostile{
      {"s", {{"g", "a\tb\nc\rd\x01", CheckOutcome::kFailed, "<&>\"'", "]]>\r\n\x1b[0m", "", 0, 0}}}};
  if (which == "sample") std::cout << to_junit(sample::checks());
  if (which == "hostile") std::cout << to_junit(hostile);
  if (which == "empty") std::cout << to_junit({});
  if (which == "markdown") std::cout << to_check_markdown(sample::checks());
  return 0;
}
