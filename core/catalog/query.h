// Questions to the catalogue, with the filters and orders of the older query functions (docs/catalog.md).
#pragma once

#include "catalog/record.h"

#include <optional>
#include <string>
#include <vector>

namespace runner::catalog {

/// Every filter that is set has to match; an empty text matches only an empty member (an empty prefix matches all).
struct Filter
{
    std::optional<std::string> backend, backendVersion, backendVersionPrefix, backendVariant;
    std::optional<std::string> service, serviceVersion, serviceVersionPrefix, platform;
    bool withDeprecated = true;

    bool matches(const Record &record) const;
};

/// Matching records in the catalogue's order.
Records select(const Records &records, const Filter &filter);

enum class Grouping { Runner, Backend, Service };

/// The answer as JSON text, 2 spaces of indentation, a final newline; "[]\n" when empty. Runner gives the records
/// themselves with their unknown members; Backend and Service the nested views. Names, variants and platforms ascend,
/// versions are newest first. Where the records of a group differ, `original_version` is the newest of theirs and
/// `deprecated` is true only if all of them are.
std::string toJson(const Records &records, Grouping grouping);

/// One record as a JSON object on one line, members in catalogue order.
std::string toJsonLine(const Record &record);

} // namespace runner::catalog
