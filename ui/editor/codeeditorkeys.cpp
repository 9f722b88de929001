// CodeEditor: keys, indentation, completion.
#include "editor/codeeditor.h"
#include "editor/completion.h"
#include "editor/openscalar.h"

#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace runner::ui {

namespace {

/// Tab itself writes, so something else has to lead out of the text.
bool leadsOut(const QKeyEvent *event)
{
    return (event->key() == Qt::Key_Tab && event->modifiers() == Qt::ControlModifier)
           || (event->key() == Qt::Key_Backtab && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier));
}

bool isCompletable(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.' || c == u'/';
}

bool belongsToPopup(int key)
{
    return key == Qt::Key_Enter || key == Qt::Key_Return || key == Qt::Key_Escape || key == Qt::Key_Tab
           || key == Qt::Key_Backtab;
}

} // namespace

void CodeEditor::setUpCompletion()
{
    m_completion = new Completion(this);
    m_completion->setWidget(this);
    connect(m_completion, qOverload<const QModelIndex &>(&QCompleter::activated), this, &CodeEditor::insertCompletion);
}

void CodeEditor::setCompletions(QAbstractItemModel *model)
{
    m_completion->setItems(model); // QCompleter deletes a model only where it is its parent.
}

/// Undo and redo are the window's: QPlainTextEdit would claim their keys.
bool CodeEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return false;
        }
    }
    return QPlainTextEdit::event(event);
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    if (m_completion->isOpen() && belongsToPopup(event->key())) {
        if (m_completion->hasChosenRow() || event->key() == Qt::Key_Escape) {
            event->ignore(); // The popup takes it.
            return;
        }
        m_completion->popup()->hide(); // Nobody has chosen anything: the key is for the text.
    }
    if (handleFoldKey(event) || handleKey(event))
        return;
    QPlainTextEdit::keyPressEvent(event);
    const QString typed = event->text();
    const bool word = typed.size() == 1 && isCompletable(typed.at(0));
    if (!isReadOnly() && (word || (m_completion->isOpen() && event->key() == Qt::Key_Backspace)))
        offerCompletions(false);
    else if (m_completion->isOpen() && !typed.isEmpty())
        m_completion->popup()->hide();
}

bool CodeEditor::handleFoldKey(QKeyEvent *event)
{
    if (event->modifiers() != (Qt::ControlModifier | Qt::ShiftModifier))
        return false;
    switch (event->key()) {
    case Qt::Key_BracketLeft:
    case Qt::Key_BraceLeft:
        foldCurrent(true);
        return true;
    case Qt::Key_BracketRight:
    case Qt::Key_BraceRight:
        foldCurrent(false);
        return true;
    default:
        return false;
    }
}

bool CodeEditor::handleKey(QKeyEvent *event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    if (event->matches(QKeySequence::Undo)) {
        Q_EMIT undoRequested();
    } else if (event->matches(QKeySequence::Redo)) {
        Q_EMIT redoRequested();
    } else if (control && event->key() == Qt::Key_Period) {
        activateProblem();
    } else if (event->key() == Qt::Key_F4) {
        goToNextProblem(!(event->modifiers() & Qt::ShiftModifier));
    } else if (leadsOut(event)) {
        // The text edit's own lets nobody out while Tab writes.
        QAbstractScrollArea::focusNextPrevChild(event->key() == Qt::Key_Tab); // NOLINT(bugprone-parent-virtual-call)
    } else {
        return !isReadOnly() && handleWritingKey(event);
    }
    return true;
}

bool CodeEditor::handleWritingKey(QKeyEvent *event)
{
    if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_Space) {
        offerCompletions(true);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        newLine();
    } else if (event->key() == Qt::Key_Tab && event->modifiers() == Qt::NoModifier) {
        indent(true);
    } else if (event->key() == Qt::Key_Backtab) {
        indent(false);
    } else {
        return false;
    }
    return true;
}

int CodeEditor::indentWidth() const
{
    return language() == Language::Yaml ? 2 : 4;
}

/// Takes the indentation of the line over; a YAML line that ends in a colon opens a level.
void CodeEditor::newLine()
{
    QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    qsizetype indentation = 0;
    while (indentation < before.size() && (before.at(indentation) == u' ' || before.at(indentation) == u'\t'))
        ++indentation;
    QString text = QLatin1Char('\n') + before.left(indentation);
    if (language() == Language::Yaml && before.trimmed().endsWith(u':'))
        text += QString(indentWidth(), QLatin1Char(' '));
    cursor.insertText(text);
    setTextCursor(cursor);
    ensureCursorVisible();
}

void CodeEditor::indent(bool deeper)
{
    QTextCursor cursor = textCursor();
    if (deeper && !cursor.hasSelection()) {
        const int width = indentWidth();
        cursor.insertText(QString(width - cursor.positionInBlock() % width, QLatin1Char(' ')));
        return;
    }
    const QTextBlock last = document()->findBlock(cursor.selectionEnd());
    QTextBlock block = document()->findBlock(cursor.selectionStart());
    cursor.beginEditBlock(); // One edit, one undo step.
    for (; block.isValid() && block.blockNumber() <= last.blockNumber(); block = block.next()) {
        QTextCursor line(block);
        if (deeper && block.length() > 1) {
            line.insertText(QString(indentWidth(), QLatin1Char(' ')));
        } else if (!deeper) {
            const QString text = block.text();
            int blanks = text.startsWith(u'\t') ? 1 : 0;
            while (blanks < indentWidth() && blanks < text.size() && text.at(blanks) == u' ')
                ++blanks;
            line.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor, blanks);
            line.removeSelectedText();
        }
    }
    cursor.endEditBlock();
}

QString CodeEditor::wordBeforeCursor() const
{
    const QTextCursor cursor = textCursor();
    const QString line = cursor.block().text().left(cursor.positionInBlock());
    qsizetype begin = line.size();
    while (begin > 0 && isCompletable(line.at(begin - 1)))
        --begin;
    return line.mid(begin);
}

void CodeEditor::offerCompletions(bool asked)
{
    if (!m_completion->model())
        return;
    Q_EMIT completionAboutToOpen(textCursor().position(), asked);
    const QString prefix = wordBeforeCursor();
    if (prefix.isEmpty() && !asked) {
        m_completion->popup()->hide();
        return;
    }
    QTextCursor begin = textCursor();
    begin.movePosition(QTextCursor::Left, QTextCursor::MoveAnchor, static_cast<int>(prefix.size()));
    m_completion->offer(prefix, cursorRect(begin).translated(marginWidth(), 0), asked);
}

/// Closes the quote of YAML that the word was begun with; what goes on is written inside of it.
void CodeEditor::insertCompletion(const QModelIndex &chosen)
{
    QTextCursor cursor = textCursor();
    const QString line = cursor.block().text();
    const int positionInLine = cursor.positionInBlock();
    const QChar quote =
        language() == Language::Yaml ? openScalar(QStringView(line).left(positionInLine)).quote : QChar();
    const bool closes = !quote.isNull() && !isClosed(QStringView(line).mid(positionInLine), quote);
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(wordBeforeCursor().size()));
    const QString next = chosen.data(CompletionNext).toString();
    const bool isThere = QStringView(line).mid(positionInLine).startsWith(next);
    cursor.insertText(chosen.data(CompletionText).toString() + (isThere ? QString() : next)
                      + (closes ? QString(quote) : QString()));
    if (closes && !next.isEmpty())
        cursor.movePosition(QTextCursor::Left);
    setTextCursor(cursor);
}

int CodeEditor::marginWidth() const
{
    return viewportMargins().left();
}

/// Qt's own menu without its undo, which would do nothing here.
void CodeEditor::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    const bool chosen = textCursor().hasSelection();
    if (!isReadOnly())
        menu.addAction(tr("Cu&t"), this, &QPlainTextEdit::cut)->setEnabled(chosen);
    menu.addAction(tr("&Copy"), this, &QPlainTextEdit::copy)->setEnabled(chosen);
    if (!isReadOnly())
        menu.addAction(tr("&Paste"), this, &QPlainTextEdit::paste)->setEnabled(canPaste());
    menu.addAction(tr("Select &all"), this, &QPlainTextEdit::selectAll);
    menu.addSeparator();
    menu.addAction(tr("&Fold"), this, [this] { foldCurrent(true); });
    menu.addAction(tr("&Unfold"), this, [this] { foldCurrent(false); });
    menu.addAction(tr("Fold &everything"), this, [this] { setAllFolded(true); });
    menu.addAction(tr("Unfold e&verything"), this, [this] { setAllFolded(false); });
    menu.exec(event->globalPos());
}

} // namespace runner::ui
