// A file's text as an editor shows it, and positions of the one in the other. An editor counts UTF-16 units of a text
// whose lines end in "\n"; a file counts bytes, and its lines may end in "\r\n" or a lone "\r".
#pragma once

#include "text/patch.h"

#include <QString>

#include <cstddef>
#include <string>
#include <string_view>

namespace runner::ui {

/// The whole text with "\n" at the end of every line.
QString toEditorText(std::string_view text);

/// Text from an editor with \a lineEnd at the end of its lines.
std::string toFileText(const QString &text, std::string_view lineEnd);

/// The editor's position of a byte. Linear, but a gigabyte a second.
int toEditorPosition(std::string_view text, std::size_t offset);

/// The byte at the editor's position; the text's size for what lies behind it.
std::size_t toOffset(std::string_view text, int position);

/// What an editor reports, as a patch of the file's \a text. The inserted lines end like the others of the file.
text::Patch toPatch(std::string_view text, int position, const QString &removed, const QString &inserted);

} // namespace runner::ui
