#include "log/loghit.h"

#include "log/logview.h"

namespace runner::ui {

void showHit(LogView &view, const LogSearch::Found &found, const build::Matcher &matcher)
{
    const std::uint64_t row = view.source().rowOf(found.line);
    if (row >= view.rows())
        view.contentChanged();
    const ShownLine line = view.lineAt(row);
    std::optional<build::Match> match;
    std::size_t from = 0;
    // What is shown of the line may hold fewer matches than the line.
    for (std::size_t i = 0; i <= found.inLine; ++i) {
        const auto next = matcher.find(line.bytes, from);
        if (!next)
            break;
        match = i == found.inLine ? next : std::nullopt;
        from = next->begin + next->length;
    }
    if (match)
        view.select({row, static_cast<int>(line.indexOf(match->begin))},
                    {row, static_cast<int>(line.indexOf(match->begin + match->length))});
    else
        view.goTo(row);
}

} // namespace runner::ui
