// Find in the editor below it: what, how many, forward and back.
#pragma once

#include <QList>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace runner::ui
{

class CodeEditor;

class FindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(CodeEditor *editor, QWidget *parent = nullptr);

    /// Shows itself with the selected word and takes the focus.
    void open();
    void findNext(bool forward);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void search();
    void moveTo(int match);
    void showCount();

    CodeEditor *m_editor;
    QLineEdit *m_what;
    QCheckBox *m_case;
    QLabel *m_count;
    QList<int> m_matches; ///< Positions, ascending.
    int m_current = -1;
};

} // namespace runner::ui
