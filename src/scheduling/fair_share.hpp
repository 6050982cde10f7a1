#pragma once

#include <cstdint>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::scheduling {

/// Who has used how much of a partition, and how that compares with what is its share: Slurm's classic fair share over
/// a tree of accounts.
///
/// Use halves in every half-life h. An account that holds n accelerators from t0 on has used, in accelerator-seconds,
///
///     u(t) = u(t0) 2^-((t - t0) / h) + n h / ln 2 (1 - 2^-((t - t0) / h))
///
/// the closed form of du/dt = n - u ln 2 / h: nothing has to be decayed in steps, and asking changes nothing. With
/// U = u / u(root), an account just below the root has the effective use U_E = U, others
///
///     U_E = U + (U_E(parent) - U) shares / shares of all its siblings and itself
///
/// and the factor is F = 2^(-U_E / S), S the product of shares / shares of all siblings up to the root: 1 for who has
/// used nothing, 1/2 for who has used its share. Source: slurm.schedmd.com/classic_fair_share.html (dampening factor
/// 1). O(d) for each call, d the depth of the tree.
class FairShare {
 public:
  using Account = std::int32_t;
  static constexpr Account kRoot = 0;

  explicit FairShare(units::Seconds half_life);

  /// Adds an account; `shares` > 0.
  Account add(Account parent, double shares);
  /// From `now` on the account and all above it hold so many accelerators more (or fewer). Time must not go back.
  void hold(Account account, std::int64_t accelerators, units::Seconds now);
  /// Accelerator-seconds, decayed.
  [[nodiscard]] double used(Account account, units::Seconds now) const;
  [[nodiscard]] double factor(Account account, units::Seconds now) const;

 private:
  struct Node {
    Account parent = -1;
    double shares = 1.0;
    double shares_of_children = 0.0;
    double used = 0.0;  // at `since`
    units::Seconds since{0};
    std::int64_t held = 0;
  };
  /// Of the account.
  struct Standing {
    double use = 0.0;    ///< effective
    double share = 1.0;  ///< of everything
  };
  [[nodiscard]] Node& node(Account account) { return nodes_[static_cast<std::size_t>(account)]; }
  [[nodiscard]] const Node& node(Account account) const { return nodes_[static_cast<std::size_t>(account)]; }
  [[nodiscard]] Standing standing(Account account, double all, units::Seconds now) const;

  units::Seconds half_life_;
  std::vector<Node> nodes_;  // the root first
};

}  // namespace gigasim::scheduling
