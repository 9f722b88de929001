// CodeEditor: what is marked in the text, and what the marks say.
#include "editor/codeeditor.h"
#include "editor/editormargin.h"

#include <QHelpEvent>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <optional>

namespace runner::ui {

namespace {

constexpr int mostMarks = 2000; ///< Painted at a time; more would only slow painting.

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
}

/// Where the word that begins there ends, or the text in quotes; at least one character.
qsizetype wordEnd(const QString &text, qsizetype begin)
{
    const QChar first = begin < text.size() ? text.at(begin) : QChar();
    if (first == u'"' || first == u'\'') {
        if (const qsizetype closing = text.indexOf(first, begin + 1); closing > 0)
            return closing + 1;
    }
    qsizetype end = begin;
    while (end < text.size() && isWordCharacter(text.at(end)))
        ++end;
    return std::clamp(end, std::min(begin + 1, text.size()), text.size());
}

} // namespace

void CodeEditor::setProblems(const Problems &problems)
{
    forgetProblems();
    m_problems = problems;
    for (const Problem &problem : problems) {
        const QTextCursor text = problemCursor(problem);
        m_problemPlaces.push_back({text, text.hasSelection(), 0});
    }
    placeProblems();
    updateSelections();
}

void CodeEditor::forgetProblems()
{
    m_problems.clear();
    m_problemPlaces.clear();
}

/// The document moves cursors with their text; those whose text was removed have nothing left between their ends.
void CodeEditor::placeProblems()
{
    for (ProblemPlace &place : m_problemPlaces) {
        const bool there = !place.text.isNull() && place.text.hasSelection() == place.hadText;
        place.line = there ? document()->findBlock(place.text.selectionStart()).blockNumber() + 1 : 0;
    }
    m_margin->update();
}

QList<int> CodeEditor::problemsAt(int line) const
{
    QList<int> found;
    for (std::size_t i = 0; i < m_problemPlaces.size(); ++i) {
        if (line > 0 && m_problemPlaces[i].line == line)
            found.append(static_cast<int>(i));
    }
    return found;
}

QString CodeEditor::problemText(const QList<int> &indices) const
{
    QStringList parts;
    for (const int index : indices) {
        const Problem &problem = m_problems[static_cast<std::size_t>(index)];
        QString text = QString::fromStdString(problem.message).toHtmlEscaped();
        if (!problem.advice.empty())
            text += QStringLiteral("<br><b>%1</b> %2")
                        .arg(tr("What to do:"), QString::fromStdString(problem.advice).toHtmlEscaped());
        parts.append(QStringLiteral("<p style='white-space:pre-wrap'>%1<br><small>%2</small></p>")
                         .arg(text, QString::fromStdString(problem.id).toHtmlEscaped()));
    }
    return QStringLiteral("<qt>%1</qt>").arg(parts.join(QString()));
}

/// The word or the quoted text at the problem's column; the whole line where the column is not known. Null where there
/// is no such line.
QTextCursor CodeEditor::problemCursor(const Problem &problem) const
{
    const QTextBlock block = document()->findBlockByNumber(problem.where.line - 1);
    if (!block.isValid())
        return {};
    QTextCursor cursor(block);
    const QString text = block.text();
    qsizetype begin = 0;
    for (int i = 1; i < problem.where.column && begin < text.size(); ++i)
        begin += text.at(begin).isHighSurrogate() ? 2 : 1;
    qsizetype end = text.size();
    if (problem.where.column > 0) {
        end = wordEnd(text, begin);
    } else {
        while (begin < text.size() && text.at(begin).isSpace())
            ++begin;
    }
    cursor.setPosition(block.position() + static_cast<int>(begin));
    cursor.setPosition(block.position() + static_cast<int>(end), QTextCursor::KeepAnchor);
    return cursor;
}

void CodeEditor::setMatches(const QList<int> &positions, int length, int current)
{
    m_matches = positions;
    m_matchLength = length;
    m_currentMatch = current;
    updateSelections();
}

void CodeEditor::updateSelections()
{
    QList<QTextEdit::ExtraSelection> selections;
    if (m_range.first == 0 || currentLine() < m_range.first || currentLine() > m_range.last || hasFocus()) {
        QTextEdit::ExtraSelection line;
        line.cursor = textCursor();
        line.cursor.clearSelection();
        line.format.setBackground(m_theme.currentLine);
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        selections.append(line);
    }
    addMatches(selections);
    addProblemLines(selections);
    setExtraSelections(selections);
}

void CodeEditor::addMatches(QList<QTextEdit::ExtraSelection> &selections) const
{
    const int first = std::max(0, m_currentMatch - mostMarks / 2);
    const int last = std::min(static_cast<int>(m_matches.size()), first + mostMarks);
    for (int i = first; i < last; ++i) {
        QTextEdit::ExtraSelection match;
        match.cursor = QTextCursor(document());
        if (m_matches[i] + m_matchLength > m_text.size())
            continue;
        match.cursor.setPosition(m_matches[i]);
        match.cursor.setPosition(m_matches[i] + m_matchLength, QTextCursor::KeepAnchor);
        match.format.setBackground(i == m_currentMatch ? m_theme.currentMatchFill : m_theme.matchFill);
        selections.append(match);
    }
}

void CodeEditor::addProblemLines(QList<QTextEdit::ExtraSelection> &selections) const
{
    int count = 0;
    for (std::size_t i = 0; i < m_problems.size() && count < mostMarks; ++i) {
        if (m_problemPlaces[i].line == 0)
            continue;
        ++count;
        const Severity severity = m_problems[i].severity;
        QTextEdit::ExtraSelection mark;
        mark.cursor = m_problemPlaces[i].text;
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(severity == Severity::Error     ? m_theme.theme.errorText
                                      : severity == Severity::Warning ? m_theme.theme.warningText
                                                                      : m_theme.theme.noteText);
        selections.append(mark);
    }
}

/// The nearest ahead, else the farthest behind: round the end of the text.
void CodeEditor::goToNextProblem(bool forward)
{
    const int here = currentLine();
    const auto lineOf = [&](std::size_t index) { return m_problemPlaces[index].line; };
    std::optional<std::size_t> next, wrapped;
    for (std::size_t i = 0; i < m_problemPlaces.size(); ++i) {
        if (lineOf(i) == 0)
            continue;
        const auto comesFirst = [&](const std::optional<std::size_t> &other) {
            return !other || (forward ? lineOf(i) < lineOf(*other) : lineOf(i) > lineOf(*other));
        };
        if ((forward ? lineOf(i) > here : lineOf(i) < here) && comesFirst(next))
            next = i;
        if (comesFirst(wrapped))
            wrapped = i;
    }
    if (const auto target = next ? next : wrapped)
        goToProblem(*target);
}

void CodeEditor::goToProblem(std::size_t index)
{
    QTextCursor cursor(document());
    cursor.setPosition(m_problemPlaces[index].text.selectionStart());
    m_folding->reveal(cursor.blockNumber());
    setTextCursor(cursor);
    centerCursor();
    showProblemTip(cursorRect().center(), viewport()->mapToGlobal(cursorRect().bottomLeft()));
}

void CodeEditor::activateProblem()
{
    const QList<int> problems = problemsAt(currentLine());
    if (!problems.isEmpty())
        Q_EMIT problemActivated(problems.first(), viewport()->mapToGlobal(cursorRect().bottomLeft()));
}

void CodeEditor::showProblemTip(const QPoint &position, const QPoint &globalPosition)
{
    const QTextCursor under = cursorForPosition(position);
    QList<int> problems;
    for (const int index : problemsAt(under.blockNumber() + 1)) {
        const QTextCursor &mark = m_problemPlaces[static_cast<std::size_t>(index)].text;
        if (under.position() >= mark.selectionStart() && under.position() <= mark.selectionEnd())
            problems.append(index);
    }
    if (problems.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(globalPosition, problemText(problems), viewport());
}

bool CodeEditor::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    showProblemTip(help->pos(), help->globalPos());
    return true;
}

} // namespace runner::ui
