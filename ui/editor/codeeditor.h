// A text editor for Dockerfiles and YAML: line numbers, findings in the margin, folding, completion.
//
// Who owns the text. The editor shows a text and reports what the user does to it; text, undo and saving belong to a
// document object outside:
//   - The owner gives the whole text with setText(), once, and later changes of its own (undo, reload, a form) with
//     applyPatch(). Neither is reported back.
//   - Every change by the user is reported as edited(position, removed, inserted), after the fact, in order. Applied to
//     the owner's copy it gives text() again. The owner may call applyPatch() from the slot.
//   - Undo and redo keys go to the window's actions; where no action takes them, undoRequested() and redoRequested()
//     ask the owner. The editor itself undoes nothing.
// Positions count UTF-16 units of a text whose lines end in "\n"; lines count from 1 in everything public.
// A text that holds "\r", NUL or Unicode's separators cannot be shown as it is: canHold() tells, and the owner maps.
#pragma once

#include "diagnostics/problem.h"
#include "editor/folding.h"
#include "editor/linehighlighter.h"
#include "theme/codetheme.h"

#include <QPlainTextEdit>

#include <functional>
#include <memory>
#include <vector>

class QAbstractItemModel;

namespace runner::ui {

class BlockHighlighter;
class Completion;
class EditorMargin;

class CodeEditor final : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// Lines from 1, both included; nothing where first is 0.
    struct LineRange
    {
        int first = 0;
        int last = 0;
    };

    explicit CodeEditor(QWidget *parent = nullptr);
    ~CodeEditor() override;

    void setLanguage(Language language);
    Language language() const;

    static bool canHold(const QString &text);
    /// Replaces everything: the cursor goes to the start, problems, folds and range are forgotten.
    void setText(const QString &text);
    /// What is in the editor, with "\n" between lines.
    const QString &text() const { return m_text; }
    /// Changes a part, keeping cursor and scroll position with their text.
    void applyPatch(int position, int removed, const QString &inserted);

    /// Findings on this text, shown in the margin, underlined, and in tooltips; those without a line are left out.
    /// Signals speak of them by their index here. They move with their text when that is edited, and go with it.
    void setProblems(const Problems &problems);
    /// As they were given.
    const Problems &problems() const { return m_problems; }
    /// The line that a problem is on now; 0 where it has none, or its text is gone.
    int problemLine(int index) const { return m_problemPlaces[static_cast<std::size_t>(index)].line; }
    /// Regions that can be folded; folded ones stay so.
    void setFoldRegions(const FoldRegions &regions);
    Folding &folding() { return *m_folding; }
    /// Lines that something outside points at: a rule, a stage.
    void setHighlightedRange(LineRange range);
    LineRange highlightedRange() const { return m_range; }
    /// Found places, as positions and one length; \a current is painted stronger, -1 for none.
    void setMatches(const QList<int> &positions, int length, int current);

    /// Without numbers, findings and handles: for texts that are only read and copied. Shown at first.
    void setMarginShown(bool shown);

    /// Rows of CompletionRole. The model stays the caller's; null for none.
    void setCompletions(QAbstractItemModel *model);

    /// Moves the cursor (line and column from 1, in characters), opens folds, brings it into view.
    void goTo(int line, int column = 1);
    int currentLine() const;
    /// Selects a part of the text and brings it into view.
    void select(int position, int length);
    void goToNextProblem(bool forward);

    void foldCurrent(bool folded);
    void setAllFolded(bool folded);

    const CodeTheme &codeTheme() const { return m_theme; }
    BlockHighlighter *highlighter() const { return m_highlighter; }

    /// For the margin.
    void forVisibleLines(const std::function<void(int line, const QRectF &place)> &visit) const;
    int marginWidth() const;
    /// Indices of the problems of a line.
    QList<int> problemsAt(int line) const;
    QString problemText(const QList<int> &indices) const;

Q_SIGNALS:
    void edited(int position, const QString &removed, const QString &inserted);
    void undoRequested();
    void redoRequested();
    void currentLineChanged(int line);
    /// The completion popup is about to open: the time to fill the model for this place.
    /// \a asked: by a key, not just because of what is typed.
    void completionAboutToOpen(int position, bool asked);
    /// A problem was chosen in the margin or by Ctrl+. on its line: time to offer repairs.
    void problemActivated(int index, const QPoint &globalPosition);
    void firstLinePainted(); ///< After setText(): its first lines are on the screen.

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    /// Where a problem is in the text as it is edited.
    struct ProblemPlace
    {
        QTextCursor text;
        bool hadText = false;
        int line = 0; ///< Of the text now.
    };

    void setUpCompletion();
    void applyTheme();
    void onContentsChange(int position, int removed, int added);
    void onCursorMoved();
    void onUpdateRequest(const QRect &rect, int dy);
    void placeMargin();
    void updateSelections();
    void placeProblems();
    void forgetProblems();
    void addProblemLines(QList<QTextEdit::ExtraSelection> &selections) const;
    void addMatches(QList<QTextEdit::ExtraSelection> &selections) const;
    QTextCursor problemCursor(const Problem &problem) const;
    void goToProblem(std::size_t index);
    void showProblemTip(const QPoint &position, const QPoint &globalPosition);
    void paintRange();
    bool handleKey(QKeyEvent *event);
    bool handleWritingKey(QKeyEvent *event);
    bool handleFoldKey(QKeyEvent *event);
    void activateProblem();
    void newLine();
    void indent(bool deeper);
    int indentWidth() const;
    QString wordBeforeCursor() const;
    void offerCompletions(bool asked);
    void insertCompletion(const QModelIndex &chosen);

    QString m_text; ///< The mirror of the document, to tell what an edit removed.
    Problems m_problems;
    std::vector<ProblemPlace> m_problemPlaces; ///< One for each problem.
    std::unique_ptr<Folding> m_folding;
    CodeTheme m_theme;
    BlockHighlighter *m_highlighter;
    EditorMargin *m_margin;
    Completion *m_completion = nullptr;
    LineRange m_range;
    QList<int> m_matches;
    int m_matchLength = 0;
    int m_currentMatch = -1;
    int m_line = 1;
    bool m_applying = false; ///< Changes come from outside.
    bool m_waitsForPaint = false;
    bool m_marginShown = true;
};

} // namespace runner::ui
