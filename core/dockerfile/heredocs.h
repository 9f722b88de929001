// Heredocs: where a line announces them, and where their bodies end.
#pragma once

#include "dockerfile/dockerfile.h"
#include "dockerfile/lines.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

/// The heredocs that a logical line announces, in order, without their bodies. BuildKit splits the line into words as
/// a shell would; where a quote stays open it finds none, and only a word that begins with "<<" (or a number and "<<")
/// counts.
std::vector<Heredoc> announcedHeredocs(std::string_view line);

/// Whether a word of COPY or ADD is a heredoc instead of a path.
bool isHeredocWord(std::string_view word);

/// Reads the bodies of heredocs. However many stay open, all searches together take O(n log n).
class HeredocBodies
{
public:
    explicit HeredocBodies(std::string_view text)
        : m_text(text)
    {
    }

    /// Reads the body from the cursor's place into the heredoc and leaves the cursor after the closing line, which is
    /// what it gives. Nothing, and the cursor where it was, when there is no closing line.
    std::optional<Line> read(Heredoc &heredoc, LineCursor &cursor);

    /// The body of a heredoc that is never closed: up to the next line that begins like an instruction in upper case,
    /// or the end of the text. Gives the last line, or nothing for an empty body.
    std::optional<Line> readOpen(Heredoc &heredoc, LineCursor &cursor);

private:
    bool isClosedAfter(const Heredoc &heredoc, std::size_t offset) const;
    void index();

    std::string_view m_text;
    bool m_indexed = false;
    std::vector<text::ByteRange> m_exact;    // all lines by content, then place
    std::vector<text::ByteRange> m_stripped; // the same without leading tabs
};

} // namespace runner::dockerfile
