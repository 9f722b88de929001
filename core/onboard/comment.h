// Comment lines of a Dockerfile: the header's entries in columns, wrapped text. Private to this folder.
#pragma once

#include "dockerfile/dockerfile.h"

#include <string>
#include <vector>

namespace runner::onboard {

/// A global argument of a Dockerfile in the making.
struct NewArgument
{
    std::string name;
    dockerfile::Need need = dockerfile::Need::Required;
    std::string defaultText; ///< As it stands behind "=".
    bool hasDefault = true;  ///< "NAME=" has an empty one; false is "NAME" alone.
    std::string comment;     ///< One or more sentences, with their full stops.
};

/// Columns of a header's entries, in bytes from the start of the line.
struct HeaderColumns
{
    std::size_t name = 4;
    std::size_t need = 0;
    std::size_t text = 0;
};

/// Columns that fit all names.
HeaderColumns columnsFor(const std::vector<NewArgument> &arguments);

/// The entry of an argument with the lines that go on with it, each with a line end.
std::string headerEntry(const NewArgument &argument, const HeaderColumns &columns, const std::string &lineEnd = "\n");

/// \a first and the words of \a text, broken in front of the column where lines end; further lines begin with \a next.
std::string wrapped(const std::string &first, const std::string &next, const std::string &text,
                    const std::string &lineEnd = "\n");

/// "# NAME what it is for" and the ARG itself.
std::string argumentLines(const NewArgument &argument, const std::string &lineEnd = "\n");

/// With a full stop at its end and a capital at its begin.
std::string asSentence(std::string text);

} // namespace runner::onboard
