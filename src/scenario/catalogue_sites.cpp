#include "catalogue_sites.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "catalogue_types.hpp"
#include "gigasim/catalogue/catalogue.hpp"

namespace gigasim::scenario {
namespace {

/// Turns the cells of one row into values that know which row they come from.
class RowReader {
 public:
  RowReader(const catalogue::Table& table, const catalogue::Row& row) : table_(table), row_(row) {}

  /// Text of a cell; empty when the table has no such column.
  [[nodiscard]] std::string cell(std::string_view column) const {
    const auto& columns = table_.columns;
    return std::find(columns.begin(), columns.end(), column) == columns.end() ? std::string{} : row_[column];
  }

  [[nodiscard]] Origin origin(std::string_view confidence_column = "confidence") const {
    std::string confidence = cell(confidence_column);
    if (confidence.empty()) confidence = cell("confidence");
    Origin at;
    at.kind = Origin::Kind::kCatalogue;
    at.source =
        std::make_shared<const std::string>(catalogue::citation_of(table_.kind, row_, confidence, cell("source")));
    return at;
  }

  [[nodiscard]] YamlNode scalar(std::string text, std::string_view confidence_column = "confidence") const {
    return scalar_node(std::move(text), origin(confidence_column));
  }

  /// Adds `key: cell unit` when the cell is known.
  void add(YamlNode& map, const char* key, std::string_view column, std::string_view unit = "",
           std::string_view confidence_column = "confidence") const {
    const std::string text = cell(column);
    if (!text.empty()) map.put(key, scalar(fmt::format("{}{}", text, unit), confidence_column));
  }

  /// Adds `key` with the map that `inner` is, unless it is empty.
  static void add_map(YamlNode& map, const char* key, YamlNode inner) {
    if (!inner.entries.empty()) map.put(key, std::move(inner));
  }

 private:
  const catalogue::Table& table_;
  const catalogue::Row& row_;
};

YamlNode count_of(const RowReader& row) {
  YamlNode best = row.scalar(row.cell("count"), "count_conf");
  if (row.cell("count_low").empty() || row.cell("count_high").empty()) return best;
  YamlNode range = map_node(best.origin);
  range.put("best", std::move(best));
  range.put("low", row.scalar(row.cell("count_low"), "count_conf"));
  range.put("high", row.scalar(row.cell("count_high"), "count_conf"));
  return range;
}

void add_partition(YamlNode& site, const RowReader& row) {
  if (row.cell("accelerator").empty() || row.cell("count").empty()) return;
  YamlNode partition = map_node(row.origin());
  row.add(partition, "accelerator", "accelerator", "", "accelerator_basis");
  partition.put("count", count_of(row));
  row.add(partition, "per_node", "per_node");
  YamlNode list = map_node(row.origin());
  list.kind = YamlNode::Kind::kList;
  list.items.push_back(std::move(partition));
  site.put("partitions", std::move(list));
}

void add_storage_and_wan(YamlNode& site, const RowReader& row) {
  YamlNode storage = map_node(row.origin());
  row.add(storage, "capacity", "storage_pb", " PB");
  row.add(storage, "bandwidth", "storage_gb_s", " GB/s");
  RowReader::add_map(site, "storage", std::move(storage));
  YamlNode wan = map_node(row.origin());
  row.add(wan, "attach", "wan_node");
  RowReader::add_map(site, "wan", std::move(wan));
}

const char* kind_word(std::string_view table) {
  if (table == "antennas") return "antenna";
  if (table == "supercomputers") return "supercomputer";
  return table == "gigafactory-candidates" ? "gigafactory" : "factory";
}

YamlNode site_of_row(const catalogue::Table& table, const catalogue::Row& cells) {
  const RowReader row{table, cells};
  YamlNode site = map_node(row.origin());
  site.put("name", row.scalar(cells.id()));
  row.add(site, "title", "name");
  site.put("kind", row.scalar(kind_word(table.kind)));
  row.add(site, "country", "country");
  YamlNode location = map_node(row.origin());
  location.kind = YamlNode::Kind::kList;
  location.items = {row.scalar(row.cell("lat")), row.scalar(row.cell("lon"))};
  site.put("location", std::move(location));
  row.add(site, "online", "online", "", "online_conf");
  add_partition(site, row);
  row.add(site, "pue", "pue", "", "pue_conf");
  add_storage_and_wan(site, row);
  return site;
}

}  // namespace

std::vector<YamlNode> sites_of_kind(std::string_view kind) {
  std::vector<YamlNode> sites;
  const auto& kinds = whole_site_kinds();
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) return sites;
  const catalogue::Table* table = catalogue::find_table(kind);
  for (const catalogue::Row& row : table->rows) sites.push_back(site_of_row(*table, row));
  return sites;
}

std::optional<YamlNode> site_of_catalogue(std::string_view id) {
  for (const std::string& kind : site_kinds()) {
    const catalogue::Table* table = catalogue::find_table(kind);
    const catalogue::Row* row = table == nullptr ? nullptr : table->find(id);
    if (row != nullptr) return site_of_row(*table, *row);
  }
  return std::nullopt;
}

}  // namespace gigasim::scenario
