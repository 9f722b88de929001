// Find: what, how many, forward and back.
#pragma once

#include "find/findsource.h"

#include <QWidget>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace runner::ui {

class FindBar final : public QWidget
{
    Q_OBJECT

public:
    /// Hidden at first. The source must outlive it. \a name begins the names of the bar's parts: "findText",
    /// "logFindText".
    FindBar(FindSource *source, const QString &name, const QString &hint, QWidget *parent = nullptr);

    /// Shows itself with the selected text and takes the focus.
    void open();
    void findNext(bool forward);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    QSize minimumSizeHint() const override;

private:
    QCheckBox *makeBox(const QString &name, const QString &text);
    QToolButton *makeButton(const QString &name, const QString &text, const QString &tip);
    void setUp();
    void arrange();
    void restart(bool jump);
    void showCount();

    FindSource *m_source;
    QLineEdit *m_what;
    QCheckBox *m_regular;
    QCheckBox *m_case;
    QLabel *m_count;
    QLabel *m_problem;
    QHBoxLayout *m_first;  ///< What is found, and moving in it.
    QHBoxLayout *m_second; ///< The choices, where they have no room in the first line.
};

} // namespace runner::ui
