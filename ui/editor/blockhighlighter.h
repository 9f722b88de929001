// Colours a document: what is on the screen first, the rest in slices between events, and after an edit only the lines
// that it changes.
#pragma once

#include "editor/linehighlighter.h"

#include <QObject>
#include <QTextBlock>
#include <QTimer>

class QTextDocument;

namespace runner::ui {

class BlockHighlighter final : public QObject
{
    Q_OBJECT

public:
    /// Works on \a document, which becomes its parent.
    explicit BlockHighlighter(QTextDocument *document);

    void setLanguage(Language language);
    Language language() const { return m_language; }
    /// Colours again with the palette's colours.
    void setTheme(const CodeTheme &theme);

    /// Colours everything down to the line (from 0) before it returns, but gives up after some milliseconds: the rest
    /// follows on its own.
    void ensure(int line);
    /// Every line has its colours.
    bool isFinished() const { return m_next < 0; }
    /// Inside a change of colours; the text is not touched then.
    bool isColouring() const { return m_colouring; }

Q_SIGNALS:
    void finished();

private:
    void onContentsChange(int position, int removed, int added);
    void restart();
    void work(int untilLine, int milliseconds);
    void slice();
    bool step(QTextBlock &block);
    void colour(const QTextBlock &block, const QList<StyledRange> &ranges);

    QTextDocument *m_document;
    Language m_language = Language::PlainText;
    std::unique_ptr<LineHighlighter> m_engine;
    std::array<QTextCharFormat, codeStyleCount> m_formats;
    QTimer m_timer;
    int m_next = -1;      ///< The first line without its right colours; -1: none.
    int m_mustReach = -1; ///< Down to here lines are coloured even where their state is as it was.
    int m_frontier = 0;   ///< Lines from here on were never coloured.
    int m_lines = 0;
    bool m_colouring = false;
};

} // namespace runner::ui
