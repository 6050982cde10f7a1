#pragma once

#include <string>
#include <vector>

#include "type.hpp"

/// How ids of the catalogue are written.
namespace gigasim::scenario {

/// The kinds of which rows may stand under `sites`, and those that may be expanded as a whole.
[[nodiscard]] const std::vector<std::string>& site_kinds();
[[nodiscard]] const std::vector<std::string>& whole_site_kinds();

/// Ids of the rows of a table; empty when there is no such table.
[[nodiscard]] std::vector<std::string> catalogue_ids(std::string_view kind);
[[nodiscard]] std::vector<std::string> job_class_ids();
[[nodiscard]] std::vector<std::string> mix_ids();

/// `unknown accelerator "GH20" (did you mean "GH200"? `gigasim catalogue list accelerators` lists them)`.
[[nodiscard]] std::string unknown_id(std::string_view what, std::string_view id, std::string_view kind,
                                     const std::vector<std::string>& candidates);

/// The same for country codes.
[[nodiscard]] std::string unknown_country(std::string_view code);

[[nodiscard]] Type<std::string> accelerator_id();  ///< id or alias; reads as the id
[[nodiscard]] Type<std::string> ai_model_id();     ///< id or alias; reads as the id
[[nodiscard]] Type<std::string> country_code();
[[nodiscard]] Type<std::string> wan_node_id();
[[nodiscard]] Type<std::string> access_mode_id();
[[nodiscard]] Type<std::string> arrival_profile_id();  ///< or `constant`
[[nodiscard]] Type<std::string> sector_mix_id();
[[nodiscard]] Type<std::string> request_lengths_id();
[[nodiscard]] Type<std::string> software_stack_id();
[[nodiscard]] Type<std::string> burst_law_id();  ///< or `none`

/// Checks that `node` holds one of `ids`; reports otherwise.
[[nodiscard]] bool read_id(const YamlNode& node, std::string_view what, std::string_view kind,
                           const std::vector<std::string>& ids, Context& context);

}  // namespace gigasim::scenario
