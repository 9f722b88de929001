// The files of a proposal: a list, and of the chosen one the changed lines and the text, which can be edited.
#pragma once

#include "onboard/proposal.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QListWidget;
class QSplitter;
class QTabWidget;

namespace runner::ui {

class CodeEditor;
class EditorBinding;
class ReviewEdits;

class ReviewFiles final : public QWidget
{
    Q_OBJECT

public:
    explicit ReviewFiles(QWidget *parent = nullptr);

    /// Shows another proposal's files, from the one on that was looked at. What was edited is put into its texts; says
    /// in a sentence each what became of edits that are not simply there.
    QStringList setProposal(onboard::Proposal &proposal);
    /// With their texts as they are edited now.
    const std::vector<onboard::ProposedFile> &files() const { return m_proposed; }
    bool isEdited() const;
    /// Shows the text of a file that is written at a place; nothing where it is another file.
    void reveal(const Location &where);
    /// The changed lines are those of the text as it is now.
    void showDifference();

Q_SIGNALS:
    void edited(); ///< A text is another one: by keys, undo or redo.

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeTexts();
    void showFile(int row);
    void onEdited();
    void markFile(int row);

    std::vector<onboard::ProposedFile> m_proposed;
    ReviewEdits *m_edits;
    QListWidget *m_list;
    CodeEditor *m_difference;
    CodeEditor *m_text;
    QTabWidget *m_tabs;
    EditorBinding *m_binding;
    QSplitter *m_splitter;
};

} // namespace runner::ui
