// The search field and the filters above the support table.
#pragma once

#include "matrix/matrix.h"
#include "support/supportsearch.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace runner::ui {

class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    SupportFilter filter() const;
    void setServices(const std::vector<matrix::Service> &services);
    void setCount(int shown, int all);
    void clear();
    QLineEdit *searchField() const { return m_search; }
    /// Checkable: hide deprecated, only polished, only incomplete, show unlisted.
    QList<QAction *> toggles() const { return m_toggles; }

Q_SIGNALS:
    void filterChanged();
    void leftDown(); ///< Down or Enter in the search field: on to the table.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildSearch(QHBoxLayout *row);
    void buildServices(QLayout *row);
    void addToggle(QLayout *row, const QString &name, const QString &text, const QString &tip);

    QLineEdit *m_search = nullptr;
    QToolButton *m_services = nullptr;
    QMenu *m_serviceMenu = nullptr;
    QList<QAction *> m_toggles;
    QLabel *m_count = nullptr;
};

} // namespace runner::ui
