#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gigasim::scenario {

/// Collects the tables of docs/scenario-reference.md: one section per kind of map in a list, maps inside are rows.
class ReferenceWriter {
 public:
  struct Row {
    std::string key, written, otherwise, meaning;
  };
  struct Section {
    std::string title, doc;
    std::vector<Row> rows;
  };

  /// Starts the section of a map; rows go there until `close_section`.
  void open_section(std::string title, std::string doc);
  void close_section();
  void row(std::string_view key, std::string written, std::string otherwise, std::string meaning);
  /// Rows until `leave` stand under `key`.
  void enter(std::string_view key);
  void leave();
  /// The title of a list's section: "sites[].partitions[]".
  [[nodiscard]] std::string list_title(std::string_view key) const;
  [[nodiscard]] std::string markdown() const;

 private:
  struct Open {
    std::size_t section;
    std::string prefix;
  };
  std::vector<Section> sections_;
  std::vector<Open> open_;
};

}  // namespace gigasim::scenario
