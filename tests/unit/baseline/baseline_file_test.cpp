#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "sample_baseline.hpp"

using namespace gigasim::baseline;
using sample::errors_of;
using sample::text_with;
using Messages = std::vector<std::string>;

namespace {

constexpr const char* kTampered =
    "changed by hand or damaged: its figures do not match its digest; restore it from version control, or record it "
    "anew "
    "with `gigasim baseline record --force`";

}  // namespace

TEST_CASE("a baseline reads back as it was written", "[baseline][file]") {
  const Baseline made = sample::baseline();
  const Baseline back = parse(to_text(made), "eu.baseline");
  CHECK(to_text(back) == to_text(made));
  CHECK(back.snapshot.source == made.snapshot.source);
  REQUIRE(back.snapshot.entries.size() == 4);
  CHECK(back.snapshot.entries[2].figure == Figure{3600, true});
  CHECK(back.snapshot.entries[3].figure == std::nullopt);
  CHECK(back.snapshot.entries[3].group_key == "user_type");
  CHECK(back.history[1].reason == "PUE \"1.1\" is now measured: a\\b");
}

TEST_CASE("figures stand one a line with their unit", "[baseline][file]") {
  const std::string text = to_text(sample::baseline());
  CHECK(text.find("\n  \"energy\": \"123.5 MWh\"\n  \"energy{site=jaif}\": \"0.1 MWh\"\n") != std::string::npos);
  CHECK(text.find("\n  \"queue_time_mean\": \">= 3600 s\"\n") != std::string::npos);
  CHECK(text.find("\n  \"queue_time_p95{user_type=sme}\": \"none\"\n") != std::string::npos);
}

TEST_CASE("rules, comments and spacing may be edited by hand", "[baseline][file]") {
  CHECK(errors_of(text_with("\"*\": exact", "\"energy*\":   2 %   # the meter is coarse")).empty());
}

TEST_CASE("every wrong baseline has one clear error", "[baseline][file]") {
  CHECK(errors_of(text_with("123.5 MWh", "123.4 MWh")) == Messages{fmt::format("eu.baseline:22:9: {}", kTampered)});
  CHECK(errors_of(text_with("recorded", "improved")) == Messages{fmt::format("eu.baseline:22:9: {}", kTampered)});
  CHECK(errors_of(text_with("baseline: 1\n", "baseline: 2\n")) ==
        Messages{
            "eu.baseline:2:11: a baseline of format \"2\"; this gigasim reads format 1: check it with the gigasim that "
            "wrote it, or record it anew"});
  CHECK(errors_of("") == Messages{"eu.baseline:1:1: not a gigasim baseline: it has no line `baseline: 1`"});
  CHECK(errors_of("hello: world\n") ==
        Messages{"eu.baseline:1:1: not a gigasim baseline: it has no line `baseline: 1`"});
  CHECK(errors_of(text_with("\"energy\": ", "\"enregy\": ")) ==
        Messages{"eu.baseline:15:3: unknown metric enregy; did you mean energy?"});
  CHECK(errors_of(text_with("123.5 MWh", "123.5 GWh")) ==
        Messages{"eu.baseline:15:13: energy: \"123.5 GWh\" is no figure in MWh"});
  CHECK(errors_of(text_with("\"energy{site=jaif}\"", "\"energy\"")) ==
        Messages{"eu.baseline:16:3: energy comes twice"});
  CHECK(errors_of(text_with("\"energy{site=jaif}\"", "\"energy{jaif\"")) ==
        Messages{"eu.baseline:16:3: \"energy{jaif\" must be METRIC or METRIC{key=value}"});
}

TEST_CASE("a wrong rule is an error, not a rule that never applies", "[baseline][file]") {
  CHECK(errors_of(text_with("\"*\": exact", "\"enregy\": exact")) ==
        Messages{"eu.baseline:12:3: the rule \"enregy\" fits no metric; did you mean energy?"});
  CHECK(
      errors_of(text_with("\"*\": exact", "\"*\": roughly")) ==
      Messages{
          "eu.baseline:12:8: tolerance of \"*\": \"roughly\" is none of exact, ignore, a percentage (2 %), a quantity "
          "with its unit (30 s)"});
  CHECK(errors_of(text_with("\"*\": exact", "\"energy\": 30 s")) ==
        Messages{"eu.baseline:12:3: a tolerance of 30 s does not suit energy, which is in MWh"});
  CHECK(errors_of(text_with("\"*\": exact", "\"energy\": -2 %")).size() == 1);
}

TEST_CASE("a baseline that is cut off anywhere is never accepted", "[baseline][file]") {
  const std::string text = to_text(sample::baseline());
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    INFO("cut after " << size << " bytes");
    CHECK(errors_of(text.substr(0, size)).size() >= 1);
  }
  const auto before_digest = text.find("digest:");
  CHECK(errors_of(text.substr(0, before_digest)) ==
        Messages{"eu.baseline:1:1: cut off: its last line, the digest, is missing; restore it from version control"});
}

TEST_CASE("random damage is an error or leaves the figures alone", "[baseline][file]") {
  const std::string text = to_text(sample::baseline());
  const std::string figures = to_text(parse(text, "")).substr(text.find("metrics:"));
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char c : {'\0', '{', '"', ':', '7', '\n', '\xff'}) {
      std::string damaged = text;
      damaged[at] = c;
      try {
        const std::string back = to_text(parse(damaged, ""));
        CHECK(back.substr(back.find("metrics:")) == figures);
      } catch (const gigasim::scenario::ScenarioError& error) {
        CHECK(!error.messages().empty());
      }
    }
  }
}
