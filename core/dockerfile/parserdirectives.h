// "# escape=`" and its like at the very top of a Dockerfile.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace runner::dockerfile {

struct ParserDirective
{
    std::string name; ///< "syntax", "escape" or "check".
    std::string value;
    bool repeated = false;
};

/// Directives end with the first line that is none: another comment, a blank line, an instruction.
class ParserDirectives
{
public:
    /// \a line: without the white space at its begin.
    std::optional<ParserDirective> read(std::string_view line);
    void end() { m_ended = true; }

private:
    bool m_ended = false;
    std::set<std::string> m_seen;
};

} // namespace runner::dockerfile
