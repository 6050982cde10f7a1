#include "manifest.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "gigasim/catalogue/table.hpp"
#include "gigasim/units/digest.hpp"
#include "sample_results.hpp"

using namespace gigasim;
using nlohmann::json;

namespace {

std::string manifest() {
  return report::manifest_json(sample::results(), sample::loaded(), "3.32.0",
                               {{"jobs.csv", 3, units::sha256_hex("abc")}});
}

}  // namespace

TEST_CASE("the manifest names versions, inputs, overrides and outputs with their digests", "[report][manifest]") {
  const json parsed = json::parse(manifest());
  CHECK(parsed["schema_version"] == 1);
  CHECK(parsed["complete"] == true);
  CHECK(parsed["scenario"] == json{{"name", "two-sites"}, {"variant", "small"}, {"seed", 7}});
  CHECK(parsed["simgrid_version"] == "3.32.0");
  CHECK(parsed["catalogue_digest"] == catalogue::digest());
  CHECK(parsed["inputs"] == json::parse(R"([{"path": "scenarios/two-sites.yaml", "sha256": "00ff"},
                                            {"path": "logs/kth.swf", "sha256": "abc123"}])"));
  CHECK(parsed["overrides"] == json::parse(R"([{"path": "seed", "value": "7"}])"));
  // SHA-256 of "abc": FIPS 180-2, appendix B.1
  CHECK(parsed["files"] == json::parse(R"([{"name": "jobs.csv", "bytes": 3, "sha256":
                                            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}])"));
}

TEST_CASE("the manifest holds nothing but what its documented keys say", "[report][manifest]") {
  // No host, user, path or moment of the machine can hide where every key is known.
  const json parsed = json::parse(manifest());
  std::vector<std::string> keys;
  for (const auto& [key, value] : parsed.items()) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  CHECK(keys == std::vector<std::string>{"catalogue_digest", "complete", "files", "gigasim_version", "inputs",
                                         "overrides", "scenario", "schema_version", "simgrid_version"});
}

TEST_CASE("a manifest tells the files of its folder, and other texts are none", "[report][manifest]") {
  CHECK(report::files_in_manifest(manifest()) == std::vector<std::string>{"manifest.json", "run.log", "jobs.csv"});
  CHECK_FALSE(report::files_in_manifest("{}").has_value());
  CHECK_FALSE(report::files_in_manifest(R"({"manifest_version": 3, "files": []})").has_value());
  CHECK_FALSE(report::files_in_manifest("not JSON").has_value());
}
