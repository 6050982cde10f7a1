#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/text.hpp"
#include "job_types.hpp"
#include "own_tables.hpp"
#include "resolve.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

namespace fs = std::filesystem;

constexpr double kShareTolerance = 5e-4;

/// Weights of the countries in which the scenario's users are.
OriginWeights weights_by(OriginSpec::Kind kind, const std::vector<Site>& sites) {
  std::set<std::string, std::less<>> hosts;
  for (const Site& site : sites) hosts.insert(site.country);
  OriginWeights weights;
  for (const catalogue::Country& country : catalogue::countries()) {
    const double weight = kind == OriginSpec::Kind::kGdp ? country.gdp_beur : country.population_million;
    if (weight > 0.0 && (country.eu_member || hosts.contains(country.code))) weights.emplace_back(country.code, weight);
  }
  return weights;
}

void resolve_trace(StreamSpec& spec, const Surroundings& around, Stream& stream, Context& context) {
  TraceSpec& trace = *spec.trace;
  if (spec.origin && (spec.origin->kind != OriginSpec::Kind::kWeights || spec.origin->weights.size() != 1)) {
    const auto step = context.enter("origin");
    context.error(spec.origin.origin, "a trace may have one country as its origin");
  }
  // Defaults of synthetic streams mean nothing here and are not printed.
  spec.arrivals = {};
  spec.accelerators = {};
  spec.walltime = {};
  if (!trace.file) return;
  const fs::path file = located(trace.file);
  std::error_code error;
  const bool there = fs::exists(file, error) && !fs::is_directory(file, error);
  const auto step = context.enter("trace.file");
  if (!there) context.error(trace.file.origin, fmt::format("file not found: {}", shown(file.string())));
  stream.trace = Trace{file.string(), trace.format.value_or("swf"), trace.accelerators_per_processor.value_or(1.0),
                       trace.strict.value_or(false)};
  trace.file.value = path_seen_from(around.folder, file);
}

void resolve_arrivals(StreamSpec& spec, const WorkloadSpec& workload, Stream& stream) {
  ArrivalsSpec& arrivals = spec.arrivals;
  if (workload.demand.growth) arrivals.growth.settle(*workload.demand.growth, workload.demand.growth.origin);
  stream.arrivals.rate = arrivals.rate.value;
  stream.arrivals.load = spec.demand.load.value;
  stream.arrivals.profile = arrivals.profile.value_or("constant");
  stream.arrivals.bursts = arrivals.bursts.value_or("none");
  stream.arrivals.max_jobs = arrivals.max_jobs.value;
  stream.arrivals.growth_per_year = arrivals.growth.value_or(0.0);
}

Stream resolve_stream(StreamSpec& spec, const WorkloadSpec& workload, const Surroundings& around, Context& context) {
  Stream stream;
  stream.name = spec.name.value_or("");
  stream.access_class = spec.access_class.value_or("");
  stream.labels = spec.labels.value_or({});
  stream.patience = spec.patience.value;
  stream.sensitive = spec.sensitive.value_or(false);
  resolve_projects(spec, around, stream, context);
  check_eligibility(spec, stream, context);
  if (spec.trace) {
    resolve_trace(spec, around, stream, context);
  } else {
    if (spec.after) {
      spec.arrivals = {};  // defaults mean nothing here and are not printed
    } else {
      spec.origin.settle(OriginSpec{});
      resolve_arrivals(spec, workload, stream);
    }
    resolve_jobs(spec, around, stream, context);
  }
  if (spec.origin) stream.origin = resolve_origin(*spec.origin, *around.sites);
  const bool ends =
      spec.trace || spec.after || spec.arrivals.max_jobs || context.diagnostics().has_errors_under(context.path());
  if (around.until_drained && !ends) {
    context.error(spec.at, "never ends, so period.length cannot be until_drained (give arrivals.max_jobs)");
  }
  return stream;
}

/// A country's users are where its national research network is.
std::map<std::string, units::GeoPoint> places_of_origins(const std::vector<Stream>& streams) {
  std::map<std::string, units::GeoPoint> places;
  for (const Stream& stream : streams) {
    for (const auto& [code, weight] : stream.origin) {
      if (const catalogue::Country* country = catalogue::find_country(code)) places[code] = country->location;
    }
  }
  return places;
}

/// The demand of synthetic streams: each has a share, its own load, or a rate.
class Demand {
 public:
  Demand(WorkloadSpec& spec, Workload& workload, Context& context)
      : spec_(spec), workload_(workload), context_(context) {}

  void resolve() {
    workload_.load = spec_.demand.load.value;
    for (std::size_t i = 0; i < spec_.streams.size(); ++i) look_at(i);
    settle_rest();
    check_sum();
    if (shared_.empty() || !sum_good_) return;
    double sum = 0.0;
    for (const std::size_t i : shared_) sum += *spec_.streams[i].share;
    const bool exact = std::abs(sum - 1.0) <= 1e-9;
    for (const std::size_t i : shared_) {
      workload_.streams[i].arrivals.demand_share = exact ? *spec_.streams[i].share : *spec_.streams[i].share / sum;
    }
  }

  /// Tells whether any stream's demand is measured against a number of accelerators.
  [[nodiscard]] bool relative() const { return relative_; }

 private:
  [[nodiscard]] Context::Step enter(std::size_t i) { return context_.enter_named(spec_.streams[i].name.value_or("?")); }

  void look_at(std::size_t i) {
    const StreamSpec& stream = spec_.streams[i];
    if (stream.trace || stream.after || (!stream.mix && !stream.job)) return;
    const int ways = (stream.share ? 1 : 0) + (stream.demand.load ? 1 : 0) + (stream.arrivals.rate ? 1 : 0);
    relative_ = relative_ || !stream.arrivals.rate;
    const auto step = enter(i);
    if (ways > 1) {
      const Origin& at = stream.arrivals.rate ? stream.arrivals.rate.origin : stream.demand.load.origin;
      context_.error(at, "give only one of share, demand.load and arrivals.rate");
      sum_good_ = false;
    } else if (stream.share && !spec_.demand.load) {
      const auto inner = context_.enter("share");
      context_.error(stream.share.origin, "needs workload.demand.load, of which it is a share");
    }
    if (stream.share) shared_.push_back(i);
    if (ways > 0) return;
    // What could not be read has been complained about already.
    if (context_.diagnostics().has_errors_under(context_.path())) {
      sum_good_ = false;
    } else {
      without_.push_back(i);
    }
  }

  /// The only stream that says nothing takes what the others leave.
  void settle_rest() {
    if (without_.empty()) return;
    if (!sum_good_ && without_.size() == 1) return;
    if (!spec_.demand.load || without_.size() > 1) {
      for (const std::size_t i : without_) {
        const auto step = enter(i);
        context_.error(spec_.streams[i].at, "needs one of share, demand.load and arrivals.rate");
      }
      sum_good_ = false;
      return;
    }
    const std::size_t i = without_.front();
    double rest = 1.0;
    for (const std::size_t j : shared_) rest -= *spec_.streams[j].share;
    if (rest <= kShareTolerance) {
      const auto step = enter(i);
      context_.error(spec_.streams[i].at, "no demand is left: the shares of the other streams sum to 100 % or more");
      sum_good_ = false;
      return;
    }
    spec_.streams[i].share.settle(rest);
    shared_.insert(std::upper_bound(shared_.begin(), shared_.end(), i), i);
  }

  void check_sum() {
    if (!sum_good_ || shared_.empty()) return;
    double sum = 0.0;
    for (const std::size_t i : shared_) sum += *spec_.streams[i].share;
    if (std::abs(sum - 1.0) <= kShareTolerance) return;
    context_.error(spec_.streams[shared_.front()].share.origin,
                   fmt::format("shares must sum to 100 %, got {:.6g} %", sum * 100.0));
    sum_good_ = false;
  }

  WorkloadSpec& spec_;
  Workload& workload_;
  Context& context_;
  std::vector<std::size_t> shared_, without_;
  bool sum_good_ = true, relative_ = false;
};

/// So many accelerators in the shares of the reference: by type only where these differ from the scenario's own, so
/// that jobs are as many as in the reference whatever machines a variant has.
DemandOf as_in_reference(double accelerators, const Surroundings& around) {
  DemandOf of{DemandOf::Kind::kAccelerators, accelerators, around.reference.of_type};
  std::erase_if(of.of_type, [](const auto& type) { return type.second <= 0.0; });
  const auto share = [](const Capacity& capacity, const std::string& type) {
    const auto found = capacity.of_type.find(type);
    return found == capacity.of_type.end() || capacity.accelerators <= 0.0 ? 0.0
                                                                           : found->second / capacity.accelerators;
  };
  const bool alike = std::all_of(of.of_type.begin(), of.of_type.end(), [&](const auto& type) {
    return share(around.own, type.first) == share(around.reference, type.first);
  });
  if (alike) {
    of.of_type.clear();
    return of;
  }
  of.accelerators = 0.0;  // as the sum comes out when it is read again
  for (auto& [type, online] : of.of_type) {
    if (accelerators != around.reference.accelerators) online *= accelerators / around.reference.accelerators;
    of.accelerators += online;
  }
  return of;
}

void resolve_reference(WorkloadSpec& spec, const Surroundings& around, bool needed, Workload& workload,
                       Context& context) {
  Setting<DemandOf>& of = spec.demand.of;
  of.settle(DemandOf{});
  if (of->kind == DemandOf::Kind::kAccelerators) {
    const bool without_types = of->of_type.empty() && around.reference.accelerators > 0.0;
    if (without_types) of.value = as_in_reference(of->accelerators, around);
    workload.reference_accelerators = of->accelerators;
    return;
  }
  const bool own = of->kind == DemandOf::Kind::kOwn;
  workload.reference_accelerators = own ? around.own.accelerators : around.reference.accelerators;
  if (!around.sites_good) return;
  if (workload.reference_accelerators > 0.0) {
    if (own) return;
    of.value = as_in_reference(around.reference.accelerators, around);
    workload.reference_accelerators = of->accelerators;
  } else if (needed) {
    context.error(spec.at, "no accelerator is online in the results period, so a load means nothing");
  }
}

void warn_about_load(const Setting<double>& load, Context& context) {
  if (!load || *load < 1.0) return;
  context.warning(load.origin, fmt::format("a load of {} has no steady state: queues grow for as long as it lasts",
                                           units::format_percent(*load)));
}

void warn_about_demand(const WorkloadSpec& spec, Context& context) {
  {
    const auto step = context.enter("demand.load");
    warn_about_load(spec.demand.load, context);
    const bool used =
        std::any_of(spec.streams.begin(), spec.streams.end(), [](const auto& s) { return s.share.value.has_value(); });
    if (spec.demand.load && !used)
      context.warning(spec.demand.load.origin, "has no effect: no stream takes a share of it");
  }
  for (const StreamSpec& stream : spec.streams) {
    const auto step = context.enter("streams");
    const auto item = context.enter_named(stream.name.value_or("?"));
    const auto inner = context.enter("demand.load");
    warn_about_load(stream.demand.load, context);
  }
}

/// Where some data is sensitive, results tell the jobs that handle it from the others.
void label_sensitive(std::vector<StreamSpec>& specs, std::vector<Stream>& streams) {
  const bool any = std::any_of(streams.begin(), streams.end(), [](const Stream& s) { return s.sensitive; });
  for (std::size_t i = 0; any && i < streams.size(); ++i) {
    streams[i].labels.emplace("sensitive", streams[i].sensitive ? "true" : "false");
    specs[i].labels.value = streams[i].labels;
  }
}

void warn_about_sensitive(const std::vector<StreamSpec>& specs, const std::vector<Site>& sites, Context& context) {
  const bool trusted = std::any_of(sites.begin(), sites.end(), [](const Site& site) {
    return std::any_of(site.partitions.begin(), site.partitions.end(), [](const Partition& p) { return p.trusted; });
  });
  for (const StreamSpec& spec : specs) {
    if (trusted || !spec.sensitive.value_or(false)) continue;
    const auto item = context.enter_named(spec.name.value_or("?"));
    const auto step = context.enter("sensitive");
    context.warning(spec.sensitive.origin, "no partition is trusted: all its jobs will be refused");
  }
}

}  // namespace

fs::path located(const Setting<std::string>& file) {
  const fs::path folder =
      file.origin.kind == Origin::Kind::kFile ? fs::path{*file.origin.source}.parent_path() : fs::path{};
  return (folder / *file).lexically_normal();
}

OriginWeights resolve_origin(const OriginSpec& spec, const std::vector<Site>& sites) {
  OriginWeights weights = spec.kind == OriginSpec::Kind::kWeights ? spec.weights : weights_by(spec.kind, sites);
  std::sort(weights.begin(), weights.end());
  normalise(weights);
  return weights;
}

Workload resolve_workload(WorkloadSpec& spec, const Surroundings& around, Context& context) {
  const auto step = context.enter("workload");
  Workload workload;
  bool relative = false;
  {
    const auto list = context.enter("streams");
    for (StreamSpec& stream : spec.streams) {
      const auto item = context.enter_named(stream.name.value_or("?"));
      workload.streams.push_back(resolve_stream(stream, spec, around, context));
    }
    resolve_chains(spec.streams, workload.streams, context);
    label_sensitive(spec.streams, workload.streams);
    settle_time_holders(spec.streams, *around.sites, workload.streams, context);
    if (around.sites_good) warn_about_sensitive(spec.streams, *around.sites, context);
    Demand demand{spec, workload, context};
    demand.resolve();
    relative = demand.relative();
  }
  resolve_services(spec, around, workload, context);
  workload.origin_places = places_of_origins(workload.streams);
  resolve_reference(spec, around, relative, workload, context);
  if (around.sites_good) resolve_speeds(spec, around, workload, context);
  warn_about_demand(spec, context);
  return workload;
}

}  // namespace gigasim::scenario
