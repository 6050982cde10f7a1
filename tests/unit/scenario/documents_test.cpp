#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "gigasim/scenario/load.hpp"

using namespace gigasim::scenario;

namespace {

/// Compares a file of docs/ with what the program would write; with GIGASIM_UPDATE_DOCS set, writes it.
void check_document(const std::string& name, const std::string& expected) {
  const std::string path = std::string{GIGASIM_SOURCE_DIR "/docs/"} + name;
  if (std::getenv("GIGASIM_UPDATE_DOCS") != nullptr) std::ofstream{path, std::ios::binary} << expected;
  std::ifstream stream{path, std::ios::binary};
  const std::string found{std::istreambuf_iterator<char>{stream}, {}};
  INFO("docs/" << name << " is out of date: run this test once with GIGASIM_UPDATE_DOCS=1");
  CHECK((found == expected));
}

}  // namespace

TEST_CASE("docs/scenario-reference.md is what the declarations say", "[scenario][docs]") {
  check_document("scenario-reference.md", reference_markdown());
}

TEST_CASE("docs/gigasim.schema.json is what the declarations say", "[scenario][docs]") {
  check_document("gigasim.schema.json", json_schema());
}
