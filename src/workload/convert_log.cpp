#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "converters.hpp"

namespace gigasim::workload {

const std::vector<std::string>& import_formats() {
  static const std::vector<std::string> formats{"swf", "sacct", "batsim", "acme", "philly"};
  return formats;
}

NeutralTable convert_log(std::string_view format, const std::string& file, const ImportOptions& options) {
  using Convert = NeutralTable (*)(const ForeignLog&);
  Convert convert = nullptr;
  if (format == "swf") convert = convert_swf;
  if (format == "sacct") convert = convert_sacct;
  if (format == "batsim") convert = convert_batsim;
  if (format == "acme") convert = convert_acme;
  if (format == "philly") convert = convert_philly;
  if (convert == nullptr) throw std::invalid_argument(fmt::format("no log format is called \"{}\"", format));
  const LogFile content = read_log_file(file);
  return convert({name_of_log(file), content, options});
}

Dialect dialect_of(const ForeignLog& log) {
  Dialect dialect;
  dialect.strict = log.options.strict;
  return dialect;
}

double whole_accelerators(double accelerators, NeutralLog& log) {
  const double whole = std::ceil(accelerators);
  if (whole > accelerators) log.repaired(kRoundedUp);
  return whole;
}

double stated_factor(const ForeignLog& log, ImportReport& report) {
  if (!log.options.accelerators_per_processor) {
    report.warnings.push_back(fmt::format(
        "{}: each processor counts as one accelerator (--accelerators-per-processor says otherwise)", log.file));
  }
  return log.options.accelerators_per_processor.value_or(1.0);
}

}  // namespace gigasim::workload
