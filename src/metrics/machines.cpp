#include "machines.hpp"

#include <cmath>

namespace gigasim::metrics {
namespace {

MicroWatts in_microwatts(const scenario::Partition& machine, double factor) {
  return {std::llround(machine.idle_power.in_base_units() * factor * 1e6),
          std::llround(machine.full_power.in_base_units() * factor * 1e6)};
}

std::vector<PodBook> empty_pods(const scenario::Partition& machine) {
  std::vector<PodBook> pods;
  for (std::int64_t left = machine.count; left > 0; left -= machine.pod) {
    pods.push_back({.capacity = std::min(left, machine.pod)});
  }
  return pods;
}

}  // namespace

Machines::Machines(const std::vector<scenario::Site>& sites, const Window& window, Fault& fault)
    : window_(window), fault_(fault) {
  for (std::size_t s = 0; s < sites.size(); ++s) {
    first_of_site_.push_back(books_.size());
    for (std::size_t p = 0; p < sites[s].partitions.size(); ++p) {
      const scenario::Partition& machine = sites[s].partitions[p];
      PartitionBook book;
      book.place = {static_cast<std::int32_t>(s), static_cast<std::int32_t>(p)};
      book.label = fmt::format("partition {} of site {}", machine.name, sites[s].name);
      book.machine = &machine;
      book.pue = sites[s].pue;
      book.it = in_microwatts(machine, 1.0);
      book.facility = in_microwatts(machine, book.pue);
      book.pods = empty_pods(machine);
      books_.push_back(std::move(book));
    }
  }
  first_of_site_.push_back(books_.size());
}

bool Machines::known_site(std::int32_t site) const {
  return site >= 0 && static_cast<std::size_t>(site) + 1 < first_of_site_.size();
}

bool Machines::known(Place place) const {
  return known_site(place.site) && place.partition >= 0 &&
         static_cast<std::size_t>(place.partition) < of_site(place.site).size();
}

std::size_t Machines::index(Place place) const {
  return first_of_site_[static_cast<std::size_t>(place.site)] + static_cast<std::size_t>(place.partition);
}

std::span<const PartitionBook> Machines::of_site(std::int32_t site) const {
  const std::size_t first = first_of_site_[static_cast<std::size_t>(site)];
  return {books_.data() + first, first_of_site_[static_cast<std::size_t>(site) + 1] - first};
}

void Machines::settle(PartitionBook& book, Ticks now) {
  // Within one instant the order of ends and capacity changes is free; what counts is what lasts.
  if (now > book.last_change && book.held() > book.online.value()) {
    fault_.raise("{}: {} accelerators are busy, {} are online, from {} s on", book.label, book.held(),
                 book.online.value(), units::from_ticks(book.last_change).in_base_units());
  }
  book.busy.settle(now, window_);
  book.online.settle(now, window_);
  book.last_change = now;
}

void Machines::change_pod(PartitionBook& book, PodShare share, int sign, Ticks now) {
  if (share.pod < 0 || static_cast<std::size_t>(share.pod) >= book.pods.size() || share.accelerators <= 0) {
    fault_.raise("{}: a job holds {} accelerators of pod {}, but the pods are 0 to {}", book.label, share.accelerators,
                 share.pod, static_cast<std::int64_t>(book.pods.size()) - 1);
    return;
  }
  PodBook& pod = book.pods[static_cast<std::size_t>(share.pod)];
  pod.whole += pod.busy * (now - pod.last_change);
  pod.last_change = now;
  pod.busy += sign * share.accelerators;
  if (pod.busy > pod.capacity) {
    fault_.raise("pod {} of {}: {} accelerators are busy, it has {}", share.pod, book.label, pod.busy, pod.capacity);
  }
}

void Machines::hold(Place place, std::span<const PodShare> pods, int sign, Ticks now, std::int64_t idle) {
  PartitionBook& book = books_[index(place)];
  settle(book, now);
  std::int64_t accelerators = 0;
  for (const PodShare share : pods) {
    change_pod(book, share, sign, now);
    accelerators += share.accelerators;
  }
  book.busy.change(sign * (accelerators - idle), now, window_);
  if (idle > 0) book.idle_held.change(sign * idle, now, window_);
  if (sign > 0 && book.held() > book.online.value()) {
    fault_.raise("{}: a start makes {} accelerators busy, {} are online", book.label, book.held(), book.online.value());
  }
}

void Machines::fall_idle(Place place, std::int64_t accelerators, Ticks now) {
  PartitionBook& book = books_[index(place)];
  settle(book, now);
  book.busy.change(-accelerators, now, window_);
  book.idle_held.change(accelerators, now, window_);
}

void Machines::set_online(Place place, std::int64_t accelerators, Ticks now) {
  PartitionBook& book = books_[index(place)];
  if (accelerators < 0 || accelerators > book.machine->count) {
    fault_.raise("{}: {} accelerators came online, it has {}", book.label, accelerators, book.machine->count);
  }
  settle(book, now);
  book.online.change(accelerators - book.online.value(), now, window_);
}

void Machines::ease(Place place, std::int64_t hundredths, Ticks now) {
  books_[index(place)].eased.change(hundredths, now, window_);
}

void Machines::settle_all(Ticks now) {
  for (PartitionBook& book : books_) {
    settle(book, now);
    book.idle_held.settle(now, window_);
    book.eased.settle(now, window_);
    for (PodBook& pod : book.pods) {
      pod.whole += pod.busy * (now - pod.last_change);
      pod.last_change = now;
    }
  }
}

}  // namespace gigasim::metrics
