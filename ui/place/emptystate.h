// What stands where there is nothing to show: why, and what to do next.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace runner::ui {

class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    /// Without \a action there is no button.
    void show(const QString &title, const QString &text, const QString &action);

Q_SIGNALS:
    void actionTriggered();

private:
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_button;
};

} // namespace runner::ui
