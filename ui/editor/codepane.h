// An editor with what belongs to it: the find bar and the line to go to.
#pragma once

#include <QWidget>

class QSpinBox;

namespace runner::ui {

class CodeEditor;
class EditorHits;
class FindBar;

class CodePane final : public QWidget
{
    Q_OBJECT

public:
    explicit CodePane(QWidget *parent = nullptr);

    CodeEditor *editor() const { return m_editor; }
    FindBar *findBar() const { return m_findBar; }

    void openFind();
    void openGoToLine();

private:
    void setUpGoToLine();
    void addShortcut(const QKeySequence &keys, void (CodePane::*slot)());
    void findNext();
    void findPrevious();

    CodeEditor *m_editor;
    EditorHits *m_hits;
    FindBar *m_findBar;
    QWidget *m_goToBar = nullptr;
    QSpinBox *m_line = nullptr;
};

} // namespace runner::ui
