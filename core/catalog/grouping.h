// Groups of records that agree in a member. Private to this folder.
#pragma once

#include "catalog/record.h"

#include <string_view>
#include <vector>

namespace runner::catalog {

using RecordRefs = std::vector<const Record *>;

struct RecordGroup
{
    std::string_view name; ///< The member's value; a view into the first record.
    RecordRefs records;    ///< Not empty, in the order they were given.
};

enum class GroupOrder { Ascending, Descending, NewestFirst };

RecordRefs refsTo(const Records &records);

/// One group per value of \a member. Equal versions (2.1 and 2.1.0) keep the order in which they were first seen.
/// Linear in the records, apart from sorting the distinct values.
std::vector<RecordGroup> groupBy(const RecordRefs &records, std::string Record::*member, GroupOrder order);

/// The newest of the records' original backend versions; the first of those that are equal.
const std::string &newestOriginal(const RecordRefs &records);

/// Whether all of them are.
bool allDeprecated(const RecordRefs &records);

} // namespace runner::catalog
