#include "cost_json.hpp"

namespace gigasim::report {

Json cost_values_json(const std::vector<scenario::CostValue>& values) {
  Json array = Json::array();
  for (const scenario::CostValue& value : values) {
    array.push_back({{"parameter", value.parameter},
                     {"unit", value.unit},
                     {"best", json_number(value.best)},
                     {"low", json_number(value.low)},
                     {"high", json_number(value.high)}});
  }
  return array;
}

Json shares_json(const std::optional<scenario::FundingShares>& shares) {
  if (!shares) return nullptr;
  return {{"eu", json_number(shares->eu)},
          {"national", json_number(shares->national)},
          {"private", json_number(shares->private_money)}};
}

}  // namespace gigasim::report
