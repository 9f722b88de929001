#include "log/loghit.h"

#include "log/logview.h"

namespace runner::ui {

void showHit(LogView &view, const LogSearch::Found &found)
{
    const LogSource &source = view.source();
    const std::uint64_t row = source.rowOf(found.line);
    const std::uint64_t begin = found.hit.offset - source.log()->offsetOf(found.line);
    if (row >= view.rows()) {
        view.contentChanged();
        view.goTo(row);
    } else {
        view.selectBytes(row, begin, begin + found.hit.length);
    }
}

} // namespace runner::ui
