#include "profile_spec.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

Type<Amount> amount() {
  Type<Amount> type;
  type.written = "amount such as `120 MW`";
  type.schema = {{"type", Json::array({"string", "number"})}};
  type.read = [](const YamlNode& node, Context& context) -> Setting<Amount> {
    const auto parsed = node.is_scalar() ? parse_amount(node.text) : std::nullopt;
    if (parsed) return given(*parsed, node);
    expected("an amount such as 25000 H100, 120 MW, 85 %, 48 h, 500 MEUR or 1.10", node, context);
    return {};
  };
  type.print = [](const Amount& value) { return amount_text(value); };
  return type;
}

const Object<PhaseSpec>& phase_object() {
  static const Object<PhaseSpec> object = [] {
    Object<PhaseSpec> o{"phase", "A stage of a site."};
    o.field("name", &PhaseSpec::name, identifier(), required(), "Name");
    o.field("capacity", &PhaseSpec::peak, one_of<bool>({{"first", false}, {"peak", true}}), required(),
            "The machines that come online first, or all that are online together when they are most");
    return o;
  }();
  return object;
}

const Object<LotSpec>& lot_object() {
  static const Object<LotSpec> object = [] {
    Object<LotSpec> o{"lot", "A part of the tender that a site bids for."};
    o.field("name", &LotSpec::name, identifier(), required(), "Name, as in the site's label");
    o.field("title", &LotSpec::title, text(), otherwise("the name"), "Name for people");
    return o;
  }();
  return object;
}

void declare_limits(Object<CriterionSpec>& o) {
  o.field("at_least", &CriterionSpec::at_least, amount(), otherwise("none"), "Less is missed");
  o.field("at_most", &CriterionSpec::at_most, amount(), otherwise("none"), "More is missed");
  o.field("excellent_at_least", &CriterionSpec::excellent_at_least, amount(), otherwise("none"), "From here excellent");
  o.field("excellent_at_most", &CriterionSpec::excellent_at_most, amount(), otherwise("none"), "Up to here excellent");
}

const Object<CriterionSpec>& criterion_object() {
  static const Object<CriterionSpec> object = [] {
    Object<CriterionSpec> o{"criterion", "One thing that is asked for."};
    o.field("name", &CriterionSpec::name, identifier(), required(), "Name");
    o.field("title", &CriterionSpec::title, text(), otherwise("the name"), "Name for people");
    o.field("lot", &CriterionSpec::lot, identifier(), otherwise("every lot"), "Of this lot only");
    o.field("phase", &CriterionSpec::phase, identifier(), otherwise("the machines at their most"), "In this phase");
    o.field("figure", &CriterionSpec::figure,
            one_of<SiteFigure>({{"h100_equivalents", SiteFigure::kH100Equivalents},
                                {"it_load", SiteFigure::kItLoad},
                                {"it_capacity", SiteFigure::kItCapacity},
                                {"pue", SiteFigure::kPue},
                                {"it_share_of_connection", SiteFigure::kItShareOfConnection},
                                {"label", SiteFigure::kLabel}}),
            required(), "What is looked at");
    o.field("label", &CriterionSpec::label, identifier(), otherwise("none"), "The site's label, for `figure: label`");
    declare_limits(o);
    o.field("counts", &CriterionSpec::counts,
            one_of<Counts>(
                {{"required", Counts::kRequired}, {"scored", Counts::kScored}, {"indicative", Counts::kIndicative}}),
            required(), "How much it decides");
    o.field("source", &CriterionSpec::source, text(), otherwise("the profile's"), "Where it stands");
    o.field("confidence", &CriterionSpec::confidence, text(), otherwise("the profile's"), "How sure that is");
    return o;
  }();
  return object;
}

}  // namespace

const Object<ProfileSpec>& profile_object() {
  static const Object<ProfileSpec> object = [] {
    Object<ProfileSpec> o{"profile", "What a tender asks of a site."};
    o.consumed(
        "gigasim_profile",
        [](SchemaWriter&) -> Json {
          return {{"const", 1}};
        },
        "`1`", required(), "Version of the format");
    o.field("name", &ProfileSpec::name, identifier(), required(), "Name");
    o.field("title", &ProfileSpec::title, text(), otherwise("the name"), "Name for people");
    o.field("source", &ProfileSpec::source, text(), required(), "Where the criteria stand");
    o.field("confidence", &ProfileSpec::confidence, text(), required(), "How sure that is");
    o.field("applies_to", &ProfileSpec::applies_to,
            one_of<SiteKind>({{"factory", SiteKind::kFactory},
                              {"gigafactory", SiteKind::kGigafactory},
                              {"supercomputer", SiteKind::kSupercomputer}}),
            defaults_to("gigafactory"), "The kind of sites that are judged");
    o.field("lot_label", &ProfileSpec::lot_label, identifier(), defaults_to("lot"),
            "The label by which a site names its lot");
    o.list("phases", &ProfileSpec::phases, phase_object(), otherwise("none"), "Stages of a site");
    o.list("lots", &ProfileSpec::lots, lot_object(), required(), "Parts of the tender");
    o.list("criteria", &ProfileSpec::criteria, criterion_object(), required(), "What is asked for");
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
