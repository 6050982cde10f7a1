#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "gigasim/models/training.hpp"

namespace gigasim::models {
namespace {

constexpr int kLargestTensor = 8;
constexpr int kMostStages = 64;
constexpr int kMostVirtualStages = 8;
constexpr double kMostUneven = 1.07;     // layers of the fullest stage over the mean
constexpr double kContextPart = 4096.0;  // tokens of a sequence that a device has at least
constexpr std::int64_t kMostContext = 1024;
constexpr std::int64_t kMostCopies = 1'000'000'000;
constexpr std::array kSharding{DataParallel::kShardedOptimizer, DataParallel::kShardedGradients,
                               DataParallel::kFullySharded};

std::int64_t ceil_div(std::int64_t a, std::int64_t b) {
  return (a + b - 1) / b;
}

/// The search for the fastest layout of one kind of step. Candidates come in the order that breaks ties: one that
/// comes later is taken only where it is faster.
class Search {
 public:
  Search(const Transformer& model, const Device& device, const TrainingStep& step)
      : model_(model),
        device_(device),
        step_(step),
        devices_(static_cast<std::int64_t>(step.devices)),
        sequences_(static_cast<std::int64_t>(std::ceil(step.sequences))) {}

  std::optional<TrainingLayout> fastest() {
    const auto longest = std::min<std::int64_t>(devices_, kMostContext);
    for (std::int64_t context = 1; context <= longest; context *= 2) {
      if (context > 1 && step_.sequence / static_cast<double>(context) < kContextPart) break;
      for (int tensor = 1; tensor <= std::min(kLargestTensor, device_.scale_up_domain); tensor *= 2) {
        if (!model_.shared_by(tensor)) break;
        stages({tensor, 1, 1, static_cast<int>(context)});
      }
    }
    return best_;
  }

 private:
  /// All ways to cut the model into stages, which need not all have the same number of layers.
  void stages(TrainingLayout layout) {
    const auto layers = static_cast<int>(model_.layers);
    for (layout.pipeline = 1; layout.pipeline <= std::min(layers, kMostStages); ++layout.pipeline) {
      if (copies_for(layout) < 1) break;
      const int most = layout.pipeline == 1 ? 1 : kMostVirtualStages;
      for (layout.virtual_stages = 1; layout.virtual_stages <= most; ++layout.virtual_stages) {
        const int chunks = layout.pipeline * layout.virtual_stages;
        if (chunks > layers + 2) break;  // embedding and output may take the place of a layer each
        layout.uneven = static_cast<double>(ceil_div(layers, chunks) * chunks) / model_.layers;
        if (layout.uneven <= kMostUneven) memories(layout);
      }
    }
  }

  /// What is kept, what is computed again, what is shared out. Selective recomputation holds as much as none, and takes
  /// longer; larger micro-batches hold more and gain only where each fetches the weights anew.
  void memories(TrainingLayout layout) {
    for (const Recompute recompute : {Recompute::kNone, Recompute::kFull}) {
      layout.recompute = recompute;
      for (const DataParallel mode : kSharding) {
        if (mode == DataParallel::kFullySharded && layout.pipeline > 1) continue;
        layout.mode = mode;
        const int most = mode == DataParallel::kFullySharded ? 8 : 1;
        for (int size = 1; size <= most; size *= 2) {
          layout.micro_batch = size;
          copies(layout, size);
        }
      }
    }
  }

  /// From as many copies as there is room for to fewer. Copies that leave a copy as many micro-batches as fewer would
  /// gain nothing, unless that many are needed to share out what the model holds. What does not fit on so many fits on
  /// no fewer.
  void copies(TrainingLayout layout, std::int64_t size) {
    const std::int64_t most = copies_for(layout);
    std::int64_t batches = ceil_div(sequences_, most * size);
    for (std::int64_t limit = most; limit >= 1; ++batches) {
      const std::int64_t fewest = std::max<std::int64_t>(1, ceil_div(sequences_, batches * size));
      layout.micro_batches = static_cast<double>(batches);
      const auto enough = fewest_that_fit(layout, fewest, limit);
      if (!enough) return;
      layout.data = static_cast<int>(*enough);
      if (!try_one(layout)) return;
      limit = fewest - 1;
      // The next number of micro-batches that fewer copies have.
      if (limit >= 1) batches = std::max(batches, ceil_div(sequences_, limit * size) - 1);
    }
  }

  /// Between two numbers of copies, which differ in what each holds alone.
  [[nodiscard]] std::optional<std::int64_t> fewest_that_fit(TrainingLayout layout, std::int64_t low,
                                                            std::int64_t high) const {
    const auto room = [&](std::int64_t copies) {
      layout.data = static_cast<int>(copies);
      return fits(model_, device_, step_, layout);
    };
    if (room(low)) return low;
    if (!room(high)) return std::nullopt;
    while (low < high) {
      const std::int64_t middle = low + (high - low) / 2;
      if (room(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return high;
  }

  /// Returns whether fewer copies could still be faster: work and bubble, which rise with each micro-batch, alone take
  /// less than the fastest layout so far.
  bool try_one(const TrainingLayout& layout) {
    step_.devices = layout.devices();
    const StepTime time = step_time(model_, device_, step_, layout);
    const bool first = !best_;
    if (first || time.total < least_) {
      best_ = layout;
      least_ = time.total;
    }
    return first || time.without_exchange < least_;
  }

  [[nodiscard]] std::int64_t copies_for(const TrainingLayout& layout) const {
    const std::int64_t one = static_cast<std::int64_t>(layout.tensor) * layout.pipeline * layout.context;
    return std::min({devices_ / one, sequences_, kMostCopies});
  }

  const Transformer& model_;
  const Device& device_;
  TrainingStep step_;
  std::int64_t devices_, sequences_;
  std::optional<TrainingLayout> best_;
  double least_ = 0.0;
};

/// What a choice depends on.
struct Question {
  Transformer model;
  Device device;
  TrainingStep step;
  friend auto operator<=>(const Question&, const Question&) = default;
};

}  // namespace

std::optional<TrainingLayout> choose_layout(const Transformer& model, const Device& device, const TrainingStep& step) {
  constexpr std::size_t kMostRemembered = 4096;
  thread_local std::map<Question, std::optional<TrainingLayout>> answers;
  const Question question{model, device, step};
  if (const auto known = answers.find(question); known != answers.end()) return known->second;
  if (answers.size() >= kMostRemembered) answers.clear();
  return answers.emplace(question, Search{model, device, step}.fastest()).first->second;
}

std::optional<std::int64_t> fewest_devices(const Transformer& model, const Device& device, TrainingStep step) {
  const auto enough_are = [&](std::int64_t devices) {
    step.devices = static_cast<double>(devices);
    return choose_layout(model, device, step).has_value();
  };
  constexpr std::int64_t kMost = std::int64_t{1} << 31;
  std::int64_t enough = 1;
  while (enough <= kMost && !enough_are(enough)) enough *= 2;
  if (enough > kMost) return std::nullopt;
  // More devices never fit worse: between the last that was too few and the first that is enough.
  std::int64_t too_few = enough / 2;
  while (enough - too_few > 1) {
    const std::int64_t middle = too_few + (enough - too_few) / 2;
    (enough_are(middle) ? enough : too_few) = middle;
  }
  return enough;
}

}  // namespace gigasim::models
