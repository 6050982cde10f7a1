#include "declare_queueing.hpp"

#include "job_labels.hpp"
#include "list_type.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

/// "512" or "25 %".
Type<ReservedAmount> reserved_amount() {
  static const Type<double> kShare = percent({0.0, 1.0, true});
  static const Type<std::int64_t> kCount = plain_whole(1, limits::kAccelerators);
  Type<ReservedAmount> type;
  type.written = "whole number or percent, e.g. `512`, `25 %`";
  type.schema = any_of({kCount.schema, kShare.schema});
  type.read = [](const YamlNode& node, Context& context) -> Setting<ReservedAmount> {
    if (node.is_scalar() && node.text.find('%') != std::string::npos) {
      const auto share = kShare.read(node, context);
      return share ? given(ReservedAmount{0, *share}, node) : Setting<ReservedAmount>{};
    }
    const auto count = kCount.read(node, context);
    return count ? given(ReservedAmount{*count, 0.0}, node) : Setting<ReservedAmount>{};
  };
  type.print = [](const ReservedAmount& amount) {
    return amount.accelerators > 0 ? kCount.print(amount.accelerators) : kShare.print(amount.share);
  };
  return type;
}

}  // namespace

const std::vector<std::string>& queue_policy_words() {
  static const std::vector<std::string> words{"easy",       "fcfs",         "easy-sjf",
                                              "easy-saf",   "easy-sqf",     "easy-lxf",
                                              "easy-sjbf",  "conservative", "conservative-compress",
                                              "multifactor"};
  return words;
}

Type<std::string> queue_policy_word() {
  std::vector<std::pair<std::string, std::string>> choices;
  for (const std::string& word : queue_policy_words()) choices.emplace_back(word, word);
  return one_of<std::string>(choices);
}

const Object<BackfillSpec>& backfill_object() {
  static const Object<BackfillSpec> object = [] {
    Object<BackfillSpec> o{"backfill", "How far queue policies that plan ahead look."};
    o.field("depth", &BackfillSpec::depth, whole(1), otherwise("`500`, as in Slurm; `gigasim replay`: all"),
            "Jobs of a queue that get a place in the plan (Slurm's `bf_max_job_test`); a number above any queue: all");
    o.field("window", &BackfillSpec::window, duration(false), otherwise("any time"),
            "No place in the plan begins later than so far ahead (Slurm's `bf_window`)");
    return o;
  }();
  return object;
}

const Object<ReservationSpec>& reservation_object() {
  static const Object<ReservationSpec> object = [] {
    Object<ReservationSpec> o{"reservation",
                              "Accelerators set aside in windows of time, for some jobs or for maintenance. No job is "
                              "started that would run into a window."};
    Need remove = otherwise("`false`");
    remove.only_in_merges = "there is nothing of this name to remove";
    o.field("name", &ReservationSpec::name, identifier(), required(), "Name in messages");
    o.field("at_sites", &ReservationSpec::at_sites, one_or_more(identifier()), otherwise("all sites"),
            "Sites where it holds");
    o.field("at_kinds", &ReservationSpec::at_kinds,
            one_or_more(one_of<SiteKind>({{"factory", SiteKind::kFactory},
                                          {"gigafactory", SiteKind::kGigafactory},
                                          {"supercomputer", SiteKind::kSupercomputer}})),
            otherwise("all kinds"), "Kinds of sites where it holds");
    o.field("partition", &ReservationSpec::partition, identifier(), otherwise("all partitions"),
            "Partition of those sites where it holds");
    o.field("accelerators", &ReservationSpec::accelerators, reserved_amount(), required(),
            "How many of each partition, or which share of those that are online, rounded down");
    o.field("from", &ReservationSpec::from, date(), required(), "First moment of the (first) window");
    o.field("length", &ReservationSpec::length, duration(false), required(), "How long a window is open");
    o.field("every", &ReservationSpec::every, duration(false), otherwise("once"), "A window opens again after so long");
    o.field("label", &ReservationSpec::label, one_or_more(label_text()), otherwise("nobody: maintenance"),
            "Who may use it: jobs that carry any of these. Besides labels, `access_class=ID` and `stream=NAME`");
    o.field("remove", &ReservationSpec::remove, yes(), remove, "Takes the reservation of this name out");
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
