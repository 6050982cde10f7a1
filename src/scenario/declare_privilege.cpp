#include "declare_privilege.hpp"

#include "job_labels.hpp"
#include "list_type.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
const Object<PrivilegeSpec>& privilege_object() {
  static const Object<PrivilegeSpec> object = [] {
    Object<PrivilegeSpec> o{
        "privilege",
        "A right of the jobs that carry a label: reserved accelerators, a place ahead of others, or both."};
    Need remove = otherwise("`false`");
    remove.only_in_merges = "there is nothing of this name to remove";
    o.field("name", &PrivilegeSpec::name, identifier(), required(), "Name in messages");
    o.field("label", &PrivilegeSpec::label, one_or_more(label_text()), required(),
            "Whose right it is: jobs that carry any of these. Besides labels, `access_class=ID` and `stream=NAME`");
    o.field("reserve", &PrivilegeSpec::reserve, percent({0.0, 1.0, false}), otherwise("`0 %`"),
            "Share of each partition's accelerators, rounded down, that is kept for them");
    o.field("at_sites", &PrivilegeSpec::at_sites, one_or_more(identifier()), otherwise("all sites"),
            "Sites where it holds");
    o.field("at_kinds", &PrivilegeSpec::at_kinds,
            one_or_more(one_of<SiteKind>({{"factory", SiteKind::kFactory},
                                          {"gigafactory", SiteKind::kGigafactory},
                                          {"supercomputer", SiteKind::kSupercomputer}})),
            otherwise("all kinds"), "Kinds of sites where it holds");
    o.field("unused", &PrivilegeSpec::unused,
            one_of<UnusedReserve>({{"lent", UnusedReserve::kLent}, {"idle", UnusedReserve::kIdle}}),
            otherwise("`lent`"),
            "What others may do with reserved accelerators that are free: run short jobs while none of the privileged "
            "waits (`lent`), or nothing (`idle`)");
    o.field("lend_up_to", &PrivilegeSpec::lend_up_to, duration(false),
            otherwise(fmt::format("`{}`", duration(false).print(units::Seconds{kLendUpTo.value()}))),
            "With `lent`: the longest walltime request that may borrow");
    o.field("priority", &PrivilegeSpec::priority, yes(), otherwise("`false`"), "They wait ahead of all others");
    o.field("remove", &PrivilegeSpec::remove, yes(), remove, "Takes the privilege of this name out");
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
