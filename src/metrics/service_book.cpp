#include "service_book.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gigasim::metrics {

void RequestSums::add(const RequestSums& other) {
  any = any || other.any;
  has_objective = has_objective || other.has_objective;
  offered += other.offered;
  served += other.served;
  shed += other.shed;
  waited += other.waited;
  waiting += other.waiting;
  promised += other.promised;
  within_objective += other.within_objective;
  input_tokens += other.input_tokens;
  output_tokens += other.output_tokens;
  first_token.add(other.first_token);
  output_token.add(other.output_token);
}

ServiceFigures RequestSums::figures() const {
  ServiceFigures figures;
  figures.any = any;
  figures.offered = requests_of(offered);
  figures.served = requests_of(served);
  figures.shed = requests_of(shed);
  figures.waiting = requests_of(waiting);
  figures.waited = requests_of(waited);
  figures.input_tokens = input_tokens;
  figures.output_tokens = output_tokens;
  figures.first_token = first_token.figures();
  figures.output_token = output_token.figures();
  if (has_objective && promised > 0) {
    figures.attainment = static_cast<double>(within_objective) / static_cast<double>(promised);
  }
  return figures;
}

ServiceBook::ServiceBook(const scenario::Scenario& scenario, std::size_t num_origins, Fault& fault)
    : scenario_(scenario), fault_(fault) {
  books_.resize(scenario.workload.services.size());
  for (std::size_t s = 0; s < books_.size(); ++s) {
    books_[s].resize(num_origins);
    const scenario::Service& service = scenario.workload.services[s];
    const bool promised = service.objective != scenario::ServiceObjective{};
    for (ByOrigin& book : books_[s]) {
      book.sums.has_objective = promised;
      for (const scenario::ServicePlace& place : service.places) {
        RequestSums& at = book.at[place.site];
        at.any = true;
        at.has_objective = promised;
      }
    }
  }
}

void ServiceBook::check(const ServiceStretch& stretch) {
  RequestParts by_origin = 0;
  RequestParts by_site = 0;
  for (const OfferedRequests& one : stretch.offered) {
    by_origin += one.served;
    if (one.waited + one.offered == one.served + one.shed + one.waiting && one.served >= 0 && one.shed >= 0) continue;
    fault_.raise("requests of service {} do not balance: {} waited, {} came, {} served, {} shed, {} waiting",
                 scenario_.workload.services[static_cast<std::size_t>(stretch.service)].name, one.waited, one.offered,
                 one.served, one.shed, one.waiting);
  }
  for (const AnsweredRequests& one : stretch.answered) by_site += one.served;
  by_site += static_cast<RequestParts>(stretch.one_by_one.size()) * kPartsPerRequest;
  if (by_origin == by_site) return;
  fault_.raise("requests of service {} do not balance: {} served by origin, {} by site",
               scenario_.workload.services[static_cast<std::size_t>(stretch.service)].name, by_origin, by_site);
}

void ServiceBook::offer(std::vector<ByOrigin>& of_service, const OfferedRequests& one, std::int32_t service) {
  RequestSums& sums = of_service[static_cast<std::size_t>(one.origin)].sums;
  const scenario::RequestDemand& demand = scenario_.workload.services[static_cast<std::size_t>(service)].demand;
  if (!sums.any) {  // carried in: what is answered of it counts as answered, so it was asked for as well
    sums.waited = one.waited;
    sums.promised = sums.has_objective ? one.waited : 0;
  }
  sums.any = true;
  sums.offered += one.offered;
  sums.promised += sums.has_objective ? one.offered : 0;
  sums.served += one.served;
  sums.shed += one.shed;
  sums.waiting = one.waiting;
  if (scenario_.workload.services[static_cast<std::size_t>(service)].fidelity == scenario::Fidelity::kRequests) return;
  sums.input_tokens += requests_of(one.served) * demand.input_tokens;
  sums.output_tokens += requests_of(one.served) * demand.output_tokens;
}

void ServiceBook::answer(std::vector<ByOrigin>& of_service, const AnsweredRequests& one, std::int32_t service) {
  ByOrigin& book = of_service[static_cast<std::size_t>(one.origin)];
  const scenario::RequestDemand& demand = scenario_.workload.services[static_cast<std::size_t>(service)].demand;
  RequestSums& at = book.at[one.site];
  at.any = true;
  // At a site what is offered is what it answers: what is turned away was nowhere.
  at.offered += one.served;
  at.served += one.served;
  at.input_tokens += requests_of(one.served) * demand.input_tokens;
  at.output_tokens += requests_of(one.served) * demand.output_tokens;
  for (RequestSums* sums : {&at, &book.sums}) {
    if (one.within_objective && sums->has_objective) sums->within_objective += one.served;
    sums->first_token.add(one.first_token, requests_of(one.served));
    sums->output_token.add(one.output_token, requests_of(one.served));
  }
  at.promised += at.has_objective ? one.served : 0;
}

void ServiceBook::answer(std::vector<ByOrigin>& of_service, const AnsweredRequest& one) {
  ByOrigin& book = of_service[static_cast<std::size_t>(one.origin)];
  RequestSums& at = book.at[one.site];
  at.any = true;
  at.offered += kPartsPerRequest;
  at.served += kPartsPerRequest;
  at.promised += at.has_objective ? kPartsPerRequest : 0;
  for (RequestSums* sums : {&at, &book.sums}) {
    if (one.within_objective && sums->has_objective) sums->within_objective += kPartsPerRequest;
    sums->input_tokens += one.input_tokens;
    sums->output_tokens += one.output_tokens;
    sums->first_token.add(one.first_token);
    if (one.output_tokens > 1.0) sums->output_token.add(one.output_token);
  }
}

void ServiceBook::add(const ServiceStretch& stretch, const Window& window) {
  check(stretch);
  if (fault_.raised() || !window.contains(units::to_ticks(stretch.from))) return;
  auto& of_service = books_[static_cast<std::size_t>(stretch.service)];
  for (const OfferedRequests& one : stretch.offered) offer(of_service, one, stretch.service);
  for (const AnsweredRequests& one : stretch.answered) answer(of_service, one, stretch.service);
  for (const AnsweredRequest& one : stretch.one_by_one) answer(of_service, one);
}

ServiceFigures ServiceBook::figures_of(const Group& group, const std::vector<std::string>& origins) const {
  RequestSums sums;
  for (std::size_t s = 0; s < books_.size(); ++s) {
    const scenario::Stream& stream =
        scenario_.workload.streams[static_cast<std::size_t>(scenario_.workload.services[s].stream)];
    const bool labelled = std::any_of(stream.labels.begin(), stream.labels.end(), [&](const auto& label) {
      return group.name == fmt::format("{}={}", label.first, label.second);
    });
    if (group.kind == GroupKind::kStream && group.name != stream.name) continue;
    if (group.kind == GroupKind::kLabel && !labelled) continue;
    for (std::size_t o = 0; o < books_[s].size(); ++o) {
      const ByOrigin& book = books_[s][o];
      if (group.kind == GroupKind::kOrigin && group.name != origins[o]) continue;
      if (group.kind == GroupKind::kAccessClass || group.is_span()) continue;
      if (group.kind != GroupKind::kSite) {
        sums.add(book.sums);
      } else if (const auto at = book.at.find(group.site); at != book.at.end()) {
        sums.add(at->second);
      }
    }
  }
  return sums.figures();
}

std::vector<ServiceRow> ServiceBook::rows(const std::vector<std::string>& origins) const {
  std::vector<ServiceRow> rows;
  for (std::size_t s = 0; s < books_.size(); ++s) {
    const std::string& service = scenario_.workload.services[s].name;
    RequestSums all;
    std::map<std::int32_t, RequestSums> by_site;
    std::vector<ServiceRow> by_origin;
    std::vector<ServiceRow> by_both;
    for (std::size_t o = 0; o < books_[s].size(); ++o) {
      const ByOrigin& book = books_[s][o];
      if (!book.sums.any) continue;
      all.add(book.sums);
      by_origin.push_back({service, "", origins[o], book.sums.figures()});
      for (const auto& [site, sums] : book.at) {
        by_site[site].add(sums);
        const std::string& name = scenario_.sites[static_cast<std::size_t>(site)].name;
        if (sums.served > 0) by_both.push_back({service, name, origins[o], sums.figures()});
      }
    }
    rows.push_back({service, "", "", all.figures()});
    for (const auto& [site, sums] : by_site) {
      rows.push_back({service, scenario_.sites[static_cast<std::size_t>(site)].name, "", sums.figures()});
    }
    rows.insert(rows.end(), by_origin.begin(), by_origin.end());
    rows.insert(rows.end(), by_both.begin(), by_both.end());
  }
  return rows;
}

}  // namespace gigasim::metrics
