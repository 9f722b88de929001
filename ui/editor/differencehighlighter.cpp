#include "editor/differencehighlighter.h"

#include <QRegularExpression>

#include <optional>

namespace runner::ui {

namespace {

/// How many lines of either side are still to come before the next place or file.
struct Left final : LineState
{
    Left(int before, int after)
        : removed(before)
        , added(after)
    {
    }

    bool equals(const LineState &other) const override
    {
        const auto *same = dynamic_cast<const Left *>(&other);
        return same && same->removed == removed && same->added == added;
    }

    int removed;
    int added;
};

/// A count that is left out is 1.
int countOf(const QString &captured)
{
    return captured.isEmpty() ? 1 : captured.toInt();
}

std::optional<Left> placeOf(const QString &line)
{
    static const QRegularExpression place(QStringLiteral("^@@ -\\d+(?:,(\\d+))? \\+\\d+(?:,(\\d+))? @@"));
    const QRegularExpressionMatch match = place.match(line);
    if (!match.hasMatch())
        return std::nullopt;
    return Left(countOf(match.captured(1)), countOf(match.captured(2)));
}

CodeStyle headingStyle(const QString &line)
{
    return line.startsWith(QLatin1String("--- ")) || line.startsWith(QLatin1String("+++ ")) ? CodeStyle::Place
                                                                                            : CodeStyle::Plain;
}

CodeStyle takeLine(QChar kind, Left &left)
{
    if (kind == u'\\') // "No newline at end of file" is of neither side.
        return CodeStyle::Comment;
    left.removed -= kind == u'+' ? 0 : 1;
    left.added -= kind == u'-' ? 0 : 1;
    return kind == u'+' ? CodeStyle::Added : kind == u'-' ? CodeStyle::Removed : CodeStyle::Plain;
}

} // namespace

LineStatePointer DifferenceHighlighter::highlight(const QString &line, const LineStatePointer &before,
                                                  QList<StyledRange> &ranges)
{
    const auto *state = static_cast<const Left *>(before.get());
    Left left = state ? *state : Left(0, 0);
    CodeStyle style = CodeStyle::Plain;
    if (left.removed > 0 || left.added > 0 || line.startsWith(u'\\')) {
        style = takeLine(line.isEmpty() ? u' ' : line.front(), left);
    } else if (const auto place = placeOf(line)) {
        left = *place;
        style = CodeStyle::Place;
    } else {
        style = headingStyle(line);
    }
    if (style != CodeStyle::Plain)
        ranges.append({0, static_cast<int>(line.size()), style});
    return std::make_shared<Left>(left);
}

} // namespace runner::ui
