// Values of JSON text with their places, over simdjson's on-demand reader. Private to this folder.
#pragma once

#include "text/position.h"

#include <simdjson.h>

#include <string>
#include <string_view>

namespace runner::catalog {

/// Nesting beyond this is refused: catalogues are flat, and whoever reads what we keep may recurse.
inline constexpr int maxJsonDepth = 64;

enum class JsonKind { Text, Number, Boolean, Null, Object, Array, Invalid };

/// The value's first token as written, without blanks after it; the value stays unread.
std::string_view tokenOf(simdjson::ondemand::value &value);

/// By the token, which is checked in full for everything but texts, objects and arrays.
JsonKind kindOf(std::string_view token);

/// Reads a value to its end and appends it to \a out as JSON without blanks. Unlike a skip, this checks all of it.
/// Numbers and texts stay as written.
simdjson::error_code copyValue(simdjson::ondemand::value value, std::string &out, int depth = 1);

/// \a name as a JSON text.
void appendQuoted(std::string &out, std::string_view name);

/// Positions of ascending offsets, each byte looked at once: text::LineIndex would walk one long line again and again.
class PositionCursor
{
public:
    explicit PositionCursor(std::string_view text)
        : m_text(text)
    {
    }

    text::LineColumn at(std::size_t offset);

private:
    std::string_view m_text;
    std::size_t m_offset = 0;
    text::LineColumn m_position;
};

} // namespace runner::catalog
