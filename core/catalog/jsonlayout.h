// Where the records of a JSON catalogue stand in its text, and how they are laid out. Private to this folder.
#pragma once

#include "catalog/record.h"
#include "text/position.h"

#include <string>
#include <vector>

namespace runner::catalog {

struct JsonMember
{
    std::string name;    ///< As written between the quotes.
    text::ByteRange key; ///< The name with its quotes.
    text::ByteRange value;
};

struct JsonRecord
{
    text::ByteRange range; ///< From '{' to behind '}'.
    std::vector<JsonMember> members;
};

/// What stands between the parts of a record and between records, as the first ones have it.
struct JsonStyle
{
    std::string afterOpen = "\n    ";
    std::string beforeKey = "\n    "; ///< Behind a comma.
    std::string beforeValue = " ";    ///< Behind a colon.
    std::string beforeClose = "\n  ";
    std::string beforeRecord = "\n  "; ///< Behind a comma, or the list's '['.
    std::string beforeEnd = "\n";      ///< Between the last record and ']'.
};

struct JsonLayout
{
    std::vector<JsonRecord> records; ///< The list's items that are objects.
    text::ByteRange inside;          ///< Of the list: behind '[' up to ']'.
    JsonStyle style;
};

/// The text has been read by readJson() without an error.
JsonLayout layoutOf(const std::string &text);

/// The record written in the style.
std::string recordText(const Record &record, const JsonStyle &style);

} // namespace runner::catalog
