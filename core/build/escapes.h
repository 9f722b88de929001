// Terminal escape sequences in a log: data, never obeyed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace runner::build {

/// Length of the escape sequence that a text within one line begins with: a control sequence, a control string up to
/// BEL or ESC \ (or to the end), or a short one (ECMA-48). 0 where it does not begin with ESC.
std::size_t escapeLength(std::string_view text);

/// A line as it is read: without its escape sequences.
class VisibleText
{
public:
    explicit VisibleText(std::string_view line);

    const std::string &text() const { return m_text; }
    /// Where the byte at \a place of text() stands in the line.
    std::size_t inLine(std::size_t place) const;

private:
    std::string m_text;
    std::vector<std::pair<std::size_t, std::size_t>> m_pieces; ///< Begins in the text and in the line, in order.
};

} // namespace runner::build
