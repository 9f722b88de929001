// Tells the lines of a unified diff apart: added, removed, where they stand, and which file they are of.
#pragma once

#include "editor/linehighlighter.h"

namespace runner::ui {

/// Counts the lines that a place announces ("@@ -3,4 +3,5 @@"), so that a removed "-- x" is no file's name.
class DifferenceHighlighter final : public LineHighlighter
{
public:
    LineStatePointer highlight(const QString &line, const LineStatePointer &before,
                               QList<StyledRange> &ranges) override;
};

} // namespace runner::ui
