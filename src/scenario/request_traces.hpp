#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "diagnostics.hpp"
#include "gigasim/scenario/request_trace.hpp"
#include "spec.hpp"

namespace gigasim::scenario {

/// The request traces of one load: each file is read once, however many services replay it.
class RequestTraces {
 public:
  explicit RequestTraces(RequestTraceReader read) : read_(std::move(read)) {}

  /// Returns the trace in a file that is there; null when it cannot be used, which is said then. Long stretches without
  /// requests are warned of.
  [[nodiscard]] std::shared_ptr<const RequestTrace> in_file(const Setting<std::string>& setting,
                                                            const std::string& file, bool strict, Context& context);
  /// The files that were read.
  [[nodiscard]] const std::vector<InputFile>& inputs() const { return inputs_; }

 private:
  RequestTraceReader read_;
  std::map<std::pair<std::string, bool>, std::shared_ptr<const RequestTrace>>
      known_;  // by file, strict; null: of no use
  std::vector<InputFile> inputs_;
};

}  // namespace gigasim::scenario
