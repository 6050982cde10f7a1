#include "catalogue_types.hpp"
#include "cost_types.hpp"
#include "declarations.hpp"
#include "declare_brokering.hpp"
#include "declare_queueing.hpp"
#include "gigasim/units/text.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

constexpr double kLeastEfficiency = 0.3;
constexpr double kMostEfficiency = 1.5;

Need only_in_merges() {
  Need need = otherwise("`false`");
  need.only_in_merges = "there is nothing of this name to remove";
  return need;
}

const Object<PowerSpec>& power_object() {
  static const Object<PowerSpec> object = [] {
    Object<PowerSpec> o{"accelerator-power", "Power of one accelerator, its share of the node included."};
    o.field("idle", &PowerSpec::idle, power(limits::kAcceleratorPowerW), otherwise("catalogue"),
            "Power of one idle accelerator, share of the node included");
    o.field("full", &PowerSpec::full, power(limits::kAcceleratorPowerW), otherwise("catalogue"),
            "Power of one busy accelerator, share of the node included");
    return o;
  }();
  return object;
}

const Object<PartitionSpec>& partition_object() {
  static const Object<PartitionSpec> object = [] {
    Object<PartitionSpec> o{"partition", "Accelerators of one model in a site. Jobs run inside one partition."};
    o.field("name", &PartitionSpec::name, identifier(), otherwise("the accelerator's id in small letters"),
            "Name in paths and results");
    o.field("accelerator", &PartitionSpec::accelerator, accelerator_id(), required(), "Accelerator type");
    o.field("count", &PartitionSpec::count, accelerator_count(), required(),
            "Physical accelerators (packages as the vendor sells them)");
    o.field("per_node", &PartitionSpec::per_node, whole(1, limits::kPerNode), otherwise("catalogue"),
            "Accelerators per node");
    o.field("pod", &PartitionSpec::pod, accelerator_count(), defaults_to(whole(1).print(kDefaultPod.whole())),
            "Accelerators per pod, the unit with a non-blocking fabric; the last pod holds the remainder");
    o.field("online", &PartitionSpec::online, date(), otherwise("with the site"),
            "First moment at which the partition can run jobs");
    o.field("offline", &PartitionSpec::offline, date(), otherwise("never"), "From here on the partition is gone");
    o.field("delay", &PartitionSpec::delay, duration(true), otherwise("none"),
            "The partition comes so much later than planned, its site's delay added");
    o.field("cancellation", &PartitionSpec::cancellation, percent({0.0, 1.0, false}), otherwise("`0 %`"),
            "Probability that it is never built; see `rollout.dates`");
    o.field("h100_equivalent", &PartitionSpec::h100_equivalent, number({0.0, std::nullopt, true, 1e4}),
            otherwise("catalogue"), "H100 equivalents of one accelerator (dense BF16)");
    o.map("power", &PartitionSpec::power, power_object(), otherwise(""));
    o.field("trusted", &PartitionSpec::trusted, yes(), otherwise("`false`"),
            "Cleared for sensitive jobs, which run here on whole nodes");
    o.field("trusted_only", &PartitionSpec::trusted_only, yes(), otherwise("`false`"),
            "Nobody but sensitive jobs runs here");
    o.field("wipe", &PartitionSpec::wipe, duration(true), otherwise("`0 s`"),
            "Time after every job during which its accelerators stay occupied, at idle power");
    o.field("remove", &PartitionSpec::remove, yes(), only_in_merges(), "Takes the partition of this name out");
    return o;
  }();
  return object;
}

const Object<UpgradeSpec>& upgrade_object() {
  static const Object<UpgradeSpec> object = [] {
    Object<UpgradeSpec> o{"connection-upgrade", "A stronger grid connection from a date on."};
    o.field("name", &UpgradeSpec::name, identifier(), required(), "Name in paths");
    o.field("date", &UpgradeSpec::date, date(), required(), "First moment with the new power");
    o.field("connection", &UpgradeSpec::connection, power(), required(), "Grid connection from then on");
    o.field("remove", &UpgradeSpec::remove, yes(), only_in_merges(), "Takes the upgrade of this name out");
    return o;
  }();
  return object;
}

const Object<ConnectionSpec>& connection_object() {
  static const Object<ConnectionSpec> object = [] {
    Object<ConnectionSpec> o{"site-power", "Electricity supply of the site."};
    o.field("connection", &ConnectionSpec::connection, power(), otherwise("not known"),
            "Grid connection of the whole facility; accelerators that it cannot feed at full power stay off");
    o.list("upgrades", &ConnectionSpec::upgrades, upgrade_object(), otherwise("none"),
           "When the connection becomes stronger");
    return o;
  }();
  return object;
}

const Object<StorageSpec>& storage_object() {
  static const Object<StorageSpec> object = [] {
    Object<StorageSpec> o{"storage", "Storage of the site."};
    o.field("capacity", &StorageSpec::capacity, data_volume(),
            defaults_to(data_volume().print(units::Bytes{kDefaultStorageCapacity.value()})),
            "Usable storage of the site");
    o.field("bandwidth", &StorageSpec::bandwidth, bandwidth(),
            defaults_to(bandwidth().print(units::BytesPerSecond{kDefaultStorageBandwidth.value()})),
            "Bandwidth of the storage");
    return o;
  }();
  return object;
}

const Object<FabricSpec>& fabric_object() {
  static const Object<FabricSpec> object = [] {
    Object<FabricSpec> o{"fabric", "Network inside the site."};
    o.field("spine", &FabricSpec::spine, bandwidth(),
            otherwise("accelerators of the site x " +
                      bandwidth().print(units::BytesPerSecond{kDefaultSpinePerAccelerator.value()})),
            "Bisection bandwidth between pods");
    return o;
  }();
  return object;
}

const Object<SoftwareSpec>& software_object() {
  static const Object<SoftwareSpec> object = [] {
    Object<SoftwareSpec> o{"software",
                           "Software that trains and serves: how fast it is against tuned stacks, and how well that is "
                           "known, is in catalogue software-stacks."};
    o.field("training", &SoftwareSpec::training, software_stack_id(), otherwise("the usual one of each vendor"),
            "For training; on partitions of its vendor");
    o.field("serving", &SoftwareSpec::serving, software_stack_id(), otherwise("the usual one of each vendor"),
            "For inference services, evaluation and batch inference; on partitions of its vendor");
    return o;
  }();
  return object;
}

const Object<WanSpec>& wan_object() {
  static const Object<WanSpec> object = [] {
    Object<WanSpec> o{"wan", "Connection to the research networks."};
    o.field("access", &WanSpec::access, link_bandwidth(),
            defaults_to(link_bandwidth().print(units::BytesPerSecond{kDefaultWanAccess.value()})),
            "Bandwidth of the access link");
    o.field("attach", &WanSpec::attach, wan_node_id(), otherwise("the NREN node of the country"),
            "Where the access link ends");
    return o;
  }();
  return object;
}

Json catalogue_schema() {
  std::vector<std::string> ids = whole_site_kinds();
  for (const std::string& kind : site_kinds()) {
    for (std::string& id : catalogue_ids(kind)) {
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
    }
  }
  return {{"enum", ids}};
}

const Object<TimeSharesSpec>& time_shares_object() {
  static const Object<TimeSharesSpec> object = [] {
    const Type<double> share = percent({0.0, 1.0, false});
    Object<TimeSharesSpec> o{"time-shares", "Whose the site's time is; `scheduling.shares` says what that means."};
    o.field("eu", &TimeSharesSpec::eu, share, otherwise("`0 %`"), "Of the Union: jobs with a European access class");
    o.field("national", &TimeSharesSpec::national, share, otherwise("`0 %`"), "Of the hosting states");
    o.field("private", &TimeSharesSpec::private_use, share, otherwise("what is left to 100 %"),
            "Of the operator and its customers");
    return o;
  }();
  return object;
}

}  // namespace

const Object<SharesSpec>& shares_object() {
  static const Object<SharesSpec> object = [] {
    const Type<double> share = percent({0.0, 1.0, false});
    Object<SharesSpec> o{"shares", "Who pays the site's capital, for `gigasim cost`."};
    o.field("eu", &SharesSpec::eu, share, otherwise("`0 %`"), "Union money");
    o.field("national", &SharesSpec::national, share, otherwise("`0 %`"), "Money of states and hosting entities");
    o.field("private", &SharesSpec::private_money, share, otherwise("what is left to 100 %"), "Private money");
    return o;
  }();
  return object;
}

const Object<SiteSpec>& site_object() {
  static const Object<SiteSpec> object = [] {
    Object<SiteSpec> o{"site", "A place with accelerators, or an antenna: a place that has users only."};
    o.consumed(
        "catalogue", [](SchemaWriter&) { return catalogue_schema(); },
        "`ai-factories` \\| `antennas` \\| id of those, of `supercomputers` or of `gigafactory-candidates`",
        otherwise(""), "Takes the site, or all sites of a kind, from the catalogue; the other keys hold for each");
    Need name = required();
    name.otherwise = "required; with `catalogue` the row's id";
    o.field("name", &SiteSpec::name, identifier(), name, "Name in paths and results");
    o.field("title", &SiteSpec::title, text(), otherwise("the name"), "Name for people");
    o.field("kind", &SiteSpec::kind,
            one_of<SiteKind>({{"factory", SiteKind::kFactory},
                              {"gigafactory", SiteKind::kGigafactory},
                              {"supercomputer", SiteKind::kSupercomputer},
                              {"antenna", SiteKind::kAntenna}}),
            defaults_to("factory"), "What the site is; an antenna has no partitions");
    o.field("country", &SiteSpec::country, country_code(), required(), "ISO 3166 code (GR, GB)");
    o.field("location", &SiteSpec::location, location(), required(), "Place of the site");
    o.field("online", &SiteSpec::online, date(), otherwise("always"), "First moment at which the site can run jobs");
    o.field("offline", &SiteSpec::offline, date(), otherwise("never"), "From here on the site is gone");
    o.field("delay", &SiteSpec::delay, duration(true), otherwise("none"),
            "The whole site, upgrades of its connection included, comes so much later than planned");
    o.field("cancellation", &SiteSpec::cancellation, percent({0.0, 1.0, false}), otherwise("`0 %`"),
            "Probability that the site is never built; see `rollout.dates`");
    Need partitions = otherwise("none (antennas); required for any other site");
    o.list("partitions", &SiteSpec::partitions, partition_object(), partitions, "What the site computes with");
    o.field("pue", &SiteSpec::pue, number({1.0, 3.0, false}), defaults_to(units::format_number(kDefaultPue.value())),
            "Facility power over IT power");
    o.field("software_efficiency", &SiteSpec::software_efficiency, number({kLeastEfficiency, kMostEfficiency, false}),
            otherwise("that of `software`"),
            "Measured speed of AI work against a tuned software stack, see [Training and serving](models/ai.md): Alps "
            "0.77, "
            "tuned stacks of vendors up to 1.15");
    o.map("software", &SiteSpec::software, software_object(), otherwise(""));
    o.map("power", &SiteSpec::power, connection_object(), otherwise(""));
    o.map("storage", &SiteSpec::storage, storage_object(), otherwise(""));
    o.map("fabric", &SiteSpec::fabric, fabric_object(), otherwise(""));
    o.map("wan", &SiteSpec::wan, wan_object(), otherwise(""));
    o.field("onboarding", &SiteSpec::onboarding, project_rate(), otherwise("any number"),
            "Projects that the staff can take on, one after the other; an antenna has staff too");
    o.field("labels", &SiteSpec::labels, labels(), otherwise("`{}`"), "Free labels");
    o.field("queue_policy", &SiteSpec::queue_policy, queue_policy_word(), otherwise("that of `scheduling`"),
            "Order of the queues of this site's partitions");
    o.map("shares", &SiteSpec::shares, shares_object(), otherwise("the funding rules of the site's kind"));
    o.map("time_shares", &SiteSpec::time_shares, time_shares_object(), otherwise("none"));
    o.field(
        "cost", &SiteSpec::cost, cost_values(CostScope::kSite), otherwise("`cost` of the scenario"),
        "Figures of the cost model for this site, see [cost](models/cost.md); no result of the run depends on them");
    o.field(
        "eligible", &SiteSpec::eligible, eligible_users(), otherwise("`anyone`"),
        "Whose jobs the site takes, by the country of the user: `anyone`, users in the `eu`, or in these countries");
    o.field("remove", &SiteSpec::remove, yes(), only_in_merges(), "Takes the site of this name out");
    KeyRules rules;
    rules.completed_by = "catalogue";
    o.rules(std::move(rules));
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
