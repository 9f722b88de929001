// Find in a whole log: what, how many, forward and back.
#pragma once

#include "log/logsearch.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace runner::ui {

class LogView;

class LogFindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit LogFindBar(LogView *view, QWidget *parent = nullptr);

    /// Shows itself and takes the focus.
    void open();
    void findNext(bool forward);
    const LogSearch &search() const { return m_search; }
    /// The view shows another log, or another step: searches there.
    void sourceChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void restart();
    void onChanged();
    void show(const LogSearch::Found &found);
    void showCount();

    LogView *m_view;
    LogSearch m_search;
    QLineEdit *m_what;
    QCheckBox *m_regular;
    QCheckBox *m_case;
    QLabel *m_count;
    std::optional<std::size_t> m_current;
    bool m_jump = false; ///< The first hit is to be shown as soon as it is there.
    QString m_problem;
};

} // namespace runner::ui
