// Which scalar of a line of YAML a cursor is in, judged by the line alone: for completion.
#pragma once

#include <QStringView>

namespace runner::ui {

struct OpenScalar
{
    qsizetype begin = 0; ///< Of its content, behind its quote, in UTF-16 units.
    QChar quote;         ///< That it has been opened with; null where it has none.
};

/// The scalar at the end of \a before, which is a line up to the cursor.
OpenScalar openScalar(QStringView before);

/// Whether \a behind, the line from the cursor on, closes that quote, and does not just open one for what follows.
bool isClosed(QStringView behind, QChar quote);

} // namespace runner::ui
