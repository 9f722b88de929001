#include "dockerfile/parserdirectives.h"

#include "dockerfile/characters.h"

namespace runner::dockerfile {

namespace {

std::optional<ParserDirective> parse(std::string_view line)
{
    if (line.empty() || line[0] != '#')
        return std::nullopt;
    line = trimmed(line.substr(1));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos)
        return std::nullopt;
    const std::string name = lowered(trimmed(line.substr(0, equals)));
    const std::string_view value = trimmed(line.substr(equals + 1));
    const bool known = name == "syntax" || name == "escape" || name == "check";
    if (!known || value.empty())
        return std::nullopt;
    return ParserDirective{name, std::string(value), false};
}

} // namespace

std::optional<ParserDirective> ParserDirectives::read(std::string_view line)
{
    if (m_ended)
        return std::nullopt;
    std::optional<ParserDirective> directive = parse(line);
    if (!directive)
        m_ended = true;
    else
        directive->repeated = !m_seen.insert(directive->name).second;
    return directive;
}

} // namespace runner::dockerfile
