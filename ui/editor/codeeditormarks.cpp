// CodeEditor: what is marked in the text, and what the marks say.
#include "editor/codeeditor.h"
#include "editor/editormargin.h"

#include <QHelpEvent>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>

namespace runner::ui
{

namespace
{

constexpr int mostMarks = 2000; ///< Painted at a time; more would only slow painting.

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
}

} // namespace

void CodeEditor::setProblems(const Problems &problems)
{
    m_problems = problems;
    updateSelections();
    m_margin->update();
}

QList<int> CodeEditor::problemsAt(int line) const
{
    QList<int> found;
    for (std::size_t i = 0; i < m_problems.size(); ++i) {
        if (m_problems[i].where.line == line)
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

/// The word at the problem's column; the whole line where the column is not known.
QTextCursor CodeEditor::problemCursor(const Problem &problem) const
{
    const QTextBlock block = document()->findBlockByNumber(problem.where.line - 1);
    QTextCursor cursor(block);
    const QString text = block.text();
    qsizetype begin = 0;
    for (int i = 1; i < problem.where.column && begin < text.size(); ++i)
        begin += text.at(begin).isHighSurrogate() ? 2 : 1;
    qsizetype end = text.size();
    if (problem.where.column > 0) {
        end = begin;
        while (end < text.size() && isWordCharacter(text.at(end)))
            ++end;
        end = std::clamp(end, std::min(begin + 1, text.size()), text.size());
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
    for (const Problem &problem : m_problems) {
        if (problem.where.line < 1 || problem.where.line > blockCount() || ++count > mostMarks)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = problemCursor(problem);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(problem.severity == Severity::Error     ? m_theme.theme.errorText
                                      : problem.severity == Severity::Warning ? m_theme.theme.warningText
                                                                              : m_theme.theme.noteText);
        selections.append(mark);
    }
}

void CodeEditor::goToNextProblem(bool forward)
{
    const Problem *next = nullptr;
    const Problem *wrapped = nullptr;
    const auto before = [](const Problem &a, const Problem &b) { return a.where.line < b.where.line; };
    for (const Problem &problem : m_problems) {
        if (problem.where.line < 1)
            continue;
        const bool ahead = forward ? problem.where.line > currentLine() : problem.where.line < currentLine();
        if (ahead && (!next || (forward ? before(problem, *next) : before(*next, problem))))
            next = &problem;
        if (!wrapped || (forward ? before(problem, *wrapped) : before(*wrapped, problem)))
            wrapped = &problem;
    }
    if (const Problem *target = next ? next : wrapped) {
        const Location where = target->where;
        goTo(where.line, std::max(1, where.column));
        showProblemTip(cursorRect().center(), viewport()->mapToGlobal(cursorRect().bottomLeft()));
    }
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
        const QTextCursor mark = problemCursor(m_problems[static_cast<std::size_t>(index)]);
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
