#include <stdexcept>

#include "gigasim/report/html.hpp"
#include "page.hpp"

namespace gigasim::report {

void HtmlReport::add(const std::filesystem::path& result) {
  results_.push_back(std::make_shared<const html::Result>(html::read_result(result)));
}

std::string HtmlReport::page() const {
  if (results_.empty()) throw std::logic_error("nothing to report on");
  html::Results results;
  for (const auto& result : results_) results.push_back(*result);
  html::label_results(results);
  return html::page(results);
}

}  // namespace gigasim::report
