#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gigasim/metrics/results.hpp"
#include "ledger.hpp"
#include "quarters.hpp"

namespace gigasim::metrics {

enum class GroupKind : std::uint8_t { kNetwork, kSite, kAccessClass, kOrigin, kStream, kLabel, kQuarter, kYear };

/// What is followed during the run for each group of jobs; all else is folded from the books at the end.
struct Group {
  GroupKind kind = GroupKind::kNetwork;
  std::string name;
  std::int32_t site = -1;                           ///< for a site
  Ledger waiting;                                   ///< jobs
  Peak facility;                                    ///< microwatts
  std::size_t first_quarter = 0, last_quarter = 0;  ///< of a quarter or year: in Quarters::books()

  /// Tells whether the group is a part of the results period: its jobs are those submitted in it, its hours and energy
  /// those of the network within it. It takes them from the books of the quarters.
  [[nodiscard]] bool is_span() const { return kind == GroupKind::kQuarter || kind == GroupKind::kYear; }
};

/// All groups of a run. Which groups a job is in is looked up in tables made once, never searched.
class Groups {
 public:
  static constexpr std::size_t kNetwork = 0;
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  Groups(const scenario::Scenario& scenario, const std::vector<std::string>& origins,
         const std::vector<QuarterBook>& quarters);

  [[nodiscard]] std::vector<Group>& all() { return groups_; }
  [[nodiscard]] const std::vector<Group>& all() const { return groups_; }
  /// The group of a site; kNone for a site without partitions and for -1.
  [[nodiscard]] std::size_t of_site(std::int32_t site) const { return site < 0 ? kNone : of_site_[index(site)]; }

  /// Calls `visit(group index)` for the network and for the class, origin, stream and labels of a job: all groups that
  /// do not change while the job lives.
  template <class Visit>
  void for_each_fixed(std::int32_t stream, std::int32_t origin, Visit&& visit) const {
    visit(kNetwork);
    for (const std::size_t group : of_stream_[index(stream)]) visit(group);
    if (origin >= 0) visit(of_origin_[index(origin)]);
  }
  /// The same, and the job's site when it has one.
  template <class Visit>
  void for_each(std::int32_t stream, std::int32_t origin, std::int32_t at_site, Visit&& visit) const {
    for_each_fixed(stream, origin, visit);
    if (const std::size_t site = of_site(at_site); site != kNone) visit(site);
  }
  /// The quarter that a moment lies in, to visit its groups by; kNone outside all of them.
  [[nodiscard]] std::size_t quarter_at(Ticks t) const;
  /// Calls `visit` for the groups of a quarter: itself and its year.
  template <class Visit>
  void for_each_of_quarter(std::size_t quarter, Visit&& visit) const {
    if (quarter == kNone) return;
    visit(spans_[quarter].quarter);
    visit(spans_[quarter].year);
  }

 private:
  struct Span {
    Ticks end = 0;
    std::size_t quarter = 0, year = 0;  ///< groups
  };
  static std::size_t index(std::int32_t i) { return static_cast<std::size_t>(i); }
  std::size_t group(GroupKind kind, const std::string& name);
  void add_spans(const std::vector<QuarterBook>& quarters);

  std::vector<Group> groups_;
  std::map<std::pair<GroupKind, std::string>, std::size_t> by_name_;
  std::vector<std::size_t> of_site_, of_origin_;
  std::vector<std::vector<std::size_t>> of_stream_;
  Ticks spans_begin_ = 0;
  std::vector<Span> spans_;  ///< by quarter
};

}  // namespace gigasim::metrics
