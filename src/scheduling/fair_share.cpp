#include "fair_share.hpp"

#include <numbers>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::scheduling {

FairShare::FairShare(units::Seconds half_life) : half_life_(half_life), nodes_(1) {}

FairShare::Account FairShare::add(Account parent, double shares) {
  node(parent).shares_of_children += shares;
  nodes_.push_back({parent, shares, 0.0, 0.0, units::Seconds{0}, 0});
  return static_cast<Account>(nodes_.size() - 1);
}

void FairShare::hold(Account account, std::int64_t accelerators, units::Seconds now) {
  for (; account >= 0; account = node(account).parent) {
    Node& at = node(account);
    at.used = used(account, now);
    at.since = now;
    at.held += accelerators;
  }
}

double FairShare::used(Account account, units::Seconds now) const {
  const Node& at = node(account);
  const double kept = units::portable_exp(-std::numbers::ln2 * ((now - at.since) / half_life_));
  const double full = static_cast<double>(at.held) * half_life_.in_base_units() / std::numbers::ln2;
  return at.used * kept + full * (1.0 - kept);
}

FairShare::Standing FairShare::standing(Account account, double all, units::Seconds now) const {
  if (account == kRoot) return {};
  const Node& at = node(account);
  const double part = at.shares / node(at.parent).shares_of_children;
  const Standing above = standing(at.parent, all, now);
  const double use = used(account, now) / all;
  if (at.parent == kRoot) return {use, part};
  return {use + (above.use - use) * part, above.share * part};
}

double FairShare::factor(Account account, units::Seconds now) const {
  const double all = used(kRoot, now);
  if (!(all > 0.0)) return 1.0;
  const Standing of = standing(account, all, now);
  return units::portable_exp(-std::numbers::ln2 * (of.use / of.share));
}

}  // namespace gigasim::scheduling
