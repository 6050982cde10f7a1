#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "gigasim/catalogue/wan_paths.hpp"
#include "scenario_files.hpp"
#include "service_places.hpp"

using namespace gigasim;
using namespace gigasim::scenario;

namespace {

std::string with_service(const std::string& service) {
  return std::string{R"(
gigasim: 1
period: { start: 2027-01-01, length: 30 d }
sites:
  - name: athens
    country: GR
    location: [37.72, 24.05]
    partitions: [{ name: small, accelerator: GH200, count: 64 }, { name: large, accelerator: GH200, count: 1024 }]
  - name: graz
    country: AT
    location: [47.07, 15.44]
    partitions: [{ accelerator: A100, count: 400 }]
workload:
  demand: { load: 80 % }
  streams:
    - { name: research, mix: seren }
  services:
)"} + service;
}

const std::string kChat = R"(
    - name: chat
      ai_model: Llama-3.1-70B
      demand: { peak: 4000 requests/s, tokens: { input: 1000 tokens, output: 300 tokens } }
)";

}  // namespace

TEST_CASE("a service needs a model and a demand; all else has a default", "[scenario][services]") {
  const Scenario s = load_text(with_service(kChat)).scenario;
  REQUIRE(s.workload.services.size() == 1);
  const Service& chat = s.workload.services[0];
  CHECK(chat.ai_model == "llama-3.1-70b");
  CHECK(chat.demand.rate == units::PerSecond{4000});
  CHECK(chat.demand.is_peak);
  CHECK(chat.routing == RequestRouting::kSpillOver);
  CHECK(chat.replicas.scale_by == ScaleBy::kLoad);
  CHECK(chat.replicas.interval == units::Seconds{300});
  // 70.6 GB in FP8 on one GH200 of 96 GB leave 0.9 x 96 - 70.6 - 2 = 13.8 GB: 84 000 tokens of 164 kB, 73 requests of
  // 1150. The A100 has no FP8: 141.2 GB in BF16, and two of 80 GB leave 0.9 x 160 - 141.2 - 4 < 0, four do. The larger
  // partition of a site serves.
  CHECK(chat.places ==
        std::vector<ServicePlace>{{0, 1, 1, models::Precision::kFp8}, {1, 0, 4, models::Precision::kBf16}});
  CHECK(chat.replicas.max == 1024 + 100);
}

TEST_CASE("a scenario may have services and no jobs", "[scenario][services]") {
  std::string text = with_service(kChat);
  const std::string jobs = "  demand: { load: 80 % }\n  streams:\n    - { name: research, mix: seren }\n";
  text.erase(text.find(jobs), jobs.size());
  const Scenario s = load_text(text).scenario;
  CHECK(s.workload.services.size() == 1);
  REQUIRE(s.workload.streams.size() == 1);  // its replicas
  CHECK(s.workload.streams[0].name == "chat");
}

TEST_CASE("a variant or an option changes and removes services by name", "[scenario][services][compose]") {
  const std::string text = with_service(kChat + R"(
    - name: code
      ai_model: llama-3.1-8b
      demand: { peak: 10 requests/s, tokens: { input: 1000 tokens, output: 300 tokens } }
variants:
  more: { workload: { services: [{ name: chat, demand: { peak: 5000 requests/s } }] } }
  chat-alone: { workload: { services: [{ name: code, remove: true }] } }
)");
  const auto more = load_text(text, {"more", {}, {}}).scenario.workload.services;
  REQUIRE(more.size() == 2);
  CHECK(more[0].name == "chat");
  CHECK(more[0].demand.rate == units::PerSecond{5000});
  CHECK(more[0].demand.input_tokens == 1000.0);
  CHECK(more[1].demand.rate == units::PerSecond{10});
  const auto alone = load_text(text, {"chat-alone", {}, {}}).scenario.workload.services;
  REQUIRE(alone.size() == 1);
  CHECK(alone[0].name == "chat");
  const auto set = load_text(text, {"", {{"workload.services[chat].remove", "true"}}, {}}).scenario.workload.services;
  REQUIRE(set.size() == 1);
  CHECK(set[0].name == "code");
}

TEST_CASE("a file that extends another with a service keeps those that were there", "[scenario][services][compose]") {
  const ScenarioFiles files;
  files.write("base.yaml", with_service(kChat));
  const auto services = load(files.write("over.yaml", R"(gigasim: 1
extends: base.yaml
workload:
  services:
    - name: code
      ai_model: llama-3.1-8b
      demand: { peak: 10 requests/s, tokens: { input: 1000 tokens, output: 300 tokens } }
)"))
                            .scenario.workload.services;
  REQUIRE(services.size() == 2);
  CHECK(services[0].name == "chat");
  CHECK(services[1].name == "code");
}

// 2^62 parts of 1/1,024,000 are 4.504e12 requests: 30 d at 1.7e6 requests/s are 4.406e12, at 1.8e6 they are 4.666e12.
TEST_CASE("more requests than can be counted are refused", "[scenario][services]") {
  const auto chat = [](const std::string& rate) {
    return with_service("\n    - name: chat\n      ai_model: Llama-3.1-70B\n      demand: { mean: " + rate +
                        " requests/s, tokens: { input: 1000 tokens, output: 300 tokens } }\n");
  };
  CHECK_NOTHROW(load_text(chat("1700000")));
  CHECK_THROWS_WITH(load_text(chat("1800000")),
                    Catch::Contains("demand.mean: there could be 4.67e+12 requests in the period"));
}

TEST_CASE("the replicas of a service are a stream behind all others, with a label of their own",
          "[scenario][services]") {
  const Scenario s = load_text(with_service(kChat + "      labels: { user_type: public }\n")).scenario;
  REQUIRE(s.workload.streams.size() == 2);
  const Stream& stream = s.workload.streams[1];
  CHECK(stream.name == "chat");
  CHECK(stream.service == 0);
  CHECK(stream.labels == std::map<std::string, std::string>{{"service", "chat"}, {"user_type", "public"}});
  CHECK(s.workload.origin_places.contains("IT"));  // of its users, by population
}

TEST_CASE("a service may name its sites, its precision and a number of replicas", "[scenario][services]") {
  const Scenario s = load_text(with_service(kChat + R"(
      precision: bf16
      tensor: 2
      replicas: { count: 7, sites: athens }
)"))
                         .scenario;
  const Service& chat = s.workload.services[0];
  CHECK(chat.places == std::vector<ServicePlace>{{0, 1, 2, models::Precision::kBf16}});
  CHECK(chat.replicas.min == 7);
  CHECK(chat.replicas.max == 7);
  CHECK(chat.replicas.scale_by == ScaleBy::kFixed);
}

TEST_CASE("a site where the objective cannot be kept does not serve", "[scenario][services]") {
  // Reading 141.2 GB with four A100 takes 141.2e9 / (4 x 2.04e12 x 0.903) = 19 ms a token, and more; one GH200 reads
  // 70.6 GB in 70.6e9 / (4e12 x 0.903) = 19.5 ms. With 160 all-reduces of 32 us the A100s are at 26 ms.
  const Scenario s = load_text(with_service(kChat + "      slo: { tpot_p95: 24 ms }\n")).scenario;
  REQUIRE(s.workload.services[0].places.size() == 1);
  CHECK(s.workload.services[0].places[0].site == 0);
}

TEST_CASE("countries whose requests nobody may answer are warned of", "[scenario][services]") {
  const Loaded loaded = load_text(with_service(R"(
    - name: chat
      ai_model: llama-3.1-8b
      demand: { mean: 10 requests/s, origin: { GR: 1, AT: 1, SE: 2 }, tokens: { input: 1000 tokens, output: 300 tokens } }
      residency: country
)"));
  REQUIRE(loaded.warnings.size() == 1);
  CHECK_THAT(loaded.warnings[0], Catch::EndsWith("workload.services[chat].residency: no site may answer the requests "
                                                 "from SE: they are lost"));
}

namespace {

/// The least ms to the first token with athens as the only site: a request alone, and the way there and back.
double least_from(const std::string& country) {
  const Scenario s = load_text(with_service(kChat + "      replicas: { sites: athens }\n")).scenario;
  const Service& chat = s.workload.services[0];
  const auto alone = latency_alone({chat.ai_model, {}, {}, chat.demand}, chat.places[0], s.sites);
  const std::string from = catalogue::find_country(country)->nren_node;
  const auto way = catalogue::shortest_paths(from, {s.sites[0].wan_attach}).front().latency;
  return 1e3 * (alone.first_token.p95 + 2.0 * way.in_base_units());
}

std::string chat_with_ttft(double ms) {
  return with_service(R"(
    - name: chat
      ai_model: Llama-3.1-70B
      demand: { peak: 10 requests/s, origin: { AT: 1, SE: 1 }, tokens: { input: 1000 tokens, output: 300 tokens } }
      replicas: { sites: athens }
      slo: { ttft_p95: )" +
                      std::to_string(ms) + " ms }\n");
}

}  // namespace

// Stockholm is some 2,400 km from Athens: there and back at 4.9 us/km are 24 ms at the very least.
TEST_CASE("users for whom the network alone breaks the objective are named", "[scenario][services]") {
  const double near = least_from("AT");
  const double far = least_from("SE");
  REQUIRE(far > near + 24.0);
  const Loaded between = load_text(chat_with_ttft((near + far) / 2.0));
  REQUIRE(between.warnings.size() == 1);
  CHECK_THAT(between.warnings[0],
             Catch::EndsWith("workload.services[chat].slo.ttft_p95: cannot be kept for users in SE (" +
                             std::to_string(std::lround(std::ceil(far))) +
                             " ms): with the way through the network a request alone takes so long"));
  CHECK(load_text(chat_with_ttft(std::ceil(far))).warnings.empty());
}

// Whoever follows the hint has an objective that can be kept: for the nearer users, of whom no warning speaks then.
TEST_CASE("an objective that no users are near enough for is refused, with the smallest that can be kept",
          "[scenario][services]") {
  const double near = least_from("AT");
  const std::string smallest = std::to_string(std::lround(std::ceil(near))) + " ms (users in AT)";
  // Vienna is some 1,280 km from Athens, 12.5 ms there and back at the very least: 10 ms less a replica still keeps.
  CHECK_THROWS_WITH(load_text(chat_with_ttft(near - 10.0)), Catch::EndsWith("the smallest that can is " + smallest));
  CHECK(load_text(chat_with_ttft(std::ceil(near))).warnings.size() == 1);
}

TEST_CASE("a prefix cache shortens prefill, and leaves memory as it is", "[scenario][services]") {
  const Service plain = load_text(with_service(kChat)).scenario.workload.services[0];
  const Service cached =
      load_text(with_service(kChat + "      prefix_cache_hits: 50 %\n")).scenario.workload.services[0];
  CHECK(plain.demand.cached_input == 0.0);
  CHECK(cached.demand.cached_input == 0.5);
  REQUIRE_FALSE(cached.places.empty());
  CHECK(cached.places[0].accelerators == plain.places[0].accelerators);
  CHECK(replica_of(cached.demand, cached.places[0]).cached_input == 0.5);
}

TEST_CASE("a service whose weights have 4 bits runs on one H100", "[scenario][services]") {
  const auto text = with_service(R"(
    - name: open
      ai_model: gpt-oss-120b
      precision: mxfp4
      demand: { peak: 10 requests/s, tokens: { input: 1000 tokens, output: 300 tokens } }
)");
  const Service open = load_text(text).scenario.workload.services[0];
  REQUIRE_FALSE(open.places.empty());
  CHECK(open.places[0].accelerators == 1);
  CHECK(open.places[0].precision == models::Precision::kMxfp4);
}
