// The column of places at the window's left edge.
#pragma once

#include <QList>
#include <QWidget>

class QAction;

namespace runner::ui {

class Sidebar final : public QWidget
{
    Q_OBJECT

public:
    explicit Sidebar(QWidget *parent = nullptr);

    /// One entry per place, with icon, name and key. Hidden where there is only one.
    const QList<QAction *> &actions() const { return m_actions; }
    int current() const;
    void setCurrent(int place);

Q_SIGNALS:
    void chosen(int place);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addEntry(int place);

    QList<QAction *> m_actions;
};

} // namespace runner::ui
