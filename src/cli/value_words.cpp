#include "value_words.hpp"

#include <algorithm>

#include "gigasim/catalogue/table.hpp"
#include "gigasim/metrics/registry.hpp"

namespace gigasim::cli {
namespace {

std::vector<std::string> catalogue_kinds() {
  std::vector<std::string> words;
  for (const auto& table : catalogue::tables()) words.push_back(table.kind);
  return words;
}

std::vector<std::string> catalogue_ids() {
  std::vector<std::string> words;
  for (const auto& table : catalogue::tables()) {
    const auto ids = table.ids();
    words.insert(words.end(), ids.begin(), ids.end());
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::vector<std::string> metric_names() {
  std::vector<std::string> words;
  for (const auto& metric : metrics::registry()) words.emplace_back(metric.name);
  return words;
}

/// Shells give other characters a meaning of their own.
bool plain_word(const std::string& word) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  return !word.empty() && word.find_first_not_of(kPlain) == std::string::npos;
}

void offer_words(Value& value, std::vector<std::string> words) {
  std::erase_if(words, [](const std::string& word) { return !plain_word(word); });
  value.offer = Offer::kWords;
  value.words = std::move(words);
}

}  // namespace

void offer_by_name(Value& value) {
  if (value.name == "FILE" || value.name == "LOG") value.offer = Offer::kFiles;
  if (value.name == "SCENARIO") value.offer = Offer::kScenarios;
  // A result may also be named by its results.json, but files in the way cost more than that form is used.
  if (value.name == "DIR" || value.name == "RESULT") value.offer = Offer::kFolders;
  if (value.name == "KIND") offer_words(value, catalogue_kinds());
  if (value.name == "ID") offer_words(value, catalogue_ids());
  if (value.name == "METRIC") offer_words(value, metric_names());
}

}  // namespace gigasim::cli
