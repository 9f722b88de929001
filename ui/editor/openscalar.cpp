#include "editor/openscalar.h"

#include <algorithm>

namespace runner::ui {

namespace {

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\'';
}

bool isFlow(QChar c)
{
    return c == u'[' || c == u']' || c == u'{' || c == u'}' || c == u',';
}

/// The end of the quoted scalar that begins there: the place of its quote, or the size where it has none.
qsizetype endOfQuoted(QStringView line, qsizetype at, QChar quote)
{
    for (; at < line.size() && line[at] != quote; ++at) {
        if (quote == u'"' && line[at] == u'\\')
            ++at;
    }
    return std::min(at, line.size()); // A quote that is doubled begins the next one: the count of them stays right.
}

} // namespace

OpenScalar openScalar(QStringView before)
{
    OpenScalar open;
    bool mayQuote = true; // Within a plain scalar a quote is a character as others.
    for (qsizetype at = 0; at < before.size(); ++at) {
        const QChar c = before[at];
        if (mayQuote && isQuote(c)) {
            const qsizetype end = endOfQuoted(before, at + 1, c);
            if (end == before.size())
                return {at + 1, c};
            at = end;
            mayQuote = before.mid(at + 1).startsWith(c) && c == u'\'';
        } else if (isFlow(c)) {
            open.begin = at + 1;
            mayQuote = true;
        } else if (c.isSpace()) {
            const bool isIndicator = at > 0 && (before[at - 1] == u':' || before[at - 1] == u'-');
            open.begin = mayQuote || isIndicator ? at + 1 : open.begin;
            mayQuote = mayQuote || isIndicator;
        } else {
            mayQuote = false;
        }
    }
    return open;
}

bool isClosed(QStringView behind, QChar quote)
{
    int quotes = 0;
    for (qsizetype at = endOfQuoted(behind, 0, quote); at < behind.size(); at = endOfQuoted(behind, at + 1, quote))
        ++quotes;
    return quotes % 2 == 1;
}

} // namespace runner::ui
