// Tells what each piece of a line is. The engine knows no widget and no document; BlockHighlighter feeds it.
#pragma once

#include "theme/codetheme.h"

#include <QList>
#include <QString>

#include <memory>

namespace runner::ui {

enum class Language { PlainText, Yaml, Dockerfile, Shell, Difference };

struct StyledRange
{
    int start = 0; ///< In UTF-16 units from the line's first.
    int length = 0;
    CodeStyle style = CodeStyle::Plain;
};

/// What a line hands to the next: open heredocs, strings, blocks. Null is the state before the first line.
class LineState
{
public:
    virtual ~LineState() = default;
    virtual bool equals(const LineState &other) const = 0;
};
using LineStatePointer = std::shared_ptr<const LineState>;

bool sameState(const LineStatePointer &a, const LineStatePointer &b);

class LineHighlighter
{
public:
    virtual ~LineHighlighter() = default;
    /// Appends the styled pieces of \a line in order; plain ones may be missing. Gives the state after the line.
    virtual LineStatePointer highlight(const QString &line, const LineStatePointer &before,
                                       QList<StyledRange> &ranges) = 0;
};

/// Null for plain text, and for everything but differences where the program was built without KSyntaxHighlighting.
/// Call it from the thread of the window: the definitions are read once and shared.
std::unique_ptr<LineHighlighter> makeLineHighlighter(Language language);

} // namespace runner::ui
