// Which images of the catalogue a transfer is about.
#pragma once

#include "catalog/query.h"
#include "catalog/record.h"
#include "diagnostics/problem.h"

#include <optional>
#include <string>
#include <vector>

namespace runner::transfer {

/// An image name with all platforms it is released for.
struct Image
{
    std::string name;
    std::vector<std::string> platforms; ///< In the catalogue's order.
    bool deprecated = false;            ///< On all of these platforms.

    bool operator==(const Image &) const = default;
};

using Images = std::vector<Image>;

struct Selection
{
    Selection() { filter.withDeprecated = false; }

    catalog::Filter filter;                       ///< Deprecated records are hidden unless it says otherwise.
    std::optional<std::string> repository;        ///< Only images of this repository: the last part of the path.
    std::vector<std::string> withoutRepositories; ///< No image of these.
};

/// The records that match, in the catalogue's order. Error: filter-conflict where both repository filters are set.
Result<catalog::Records> selectRecords(const catalog::Records &records, const Selection &selection);

/// Their distinct image names in the catalogue's order. Error: filter-conflict.
Result<Images> selectImages(const catalog::Records &records, const Selection &selection);

/// One name per line; empty where there is none.
std::string toText(const Images &images);

/// A JSON list of {name, platforms, deprecated}, indented by 2, a final newline; "[]\n" when empty.
std::string toJson(const Images &images);

/// What distinguishes one state of a catalogue from another.
enum class ChangeKind { Added, Deprecated, Removed };

struct Change
{
    ChangeKind kind = ChangeKind::Added;
    std::string name;
    std::vector<std::string> platforms; ///< The platforms it is about.

    bool operator==(const Change &) const = default;
};

/// What \a after has that \a before lacks, what is deprecated only in \a after, and what is gone: all added first,
/// then all deprecated, then all removed; each in its catalogue's order. Added images are listed even if they are
/// deprecated from the start. Both are records already filtered, deprecated ones included.
std::vector<Change> compareImages(const catalog::Records &before, const catalog::Records &after);

} // namespace runner::transfer
