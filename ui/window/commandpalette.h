// Every command of the menus in one list that is searched by typing.
#pragma once

#include <QDialog>
#include <QSortFilterProxyModel>

class QAction;
class QLineEdit;
class QMenu;
class QMenuBar;
class QStandardItemModel;
class QTreeView;

namespace runner::ui {

/// Keeps the rows whose first column has all the words typed, in any order and case.
class CommandFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWords(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
};

class CommandPalette final : public QDialog
{
    Q_OBJECT

public:
    /// Lists what can be chosen in the menus now: enabled commands, in the menus' order, with their keys.
    explicit CommandPalette(const QMenuBar &menus, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(QAction *action); ///< The palette is closed by then.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void collect(const QMenu &menu, const QString &path);
    void add(QAction *action, const QString &path);
    void setUpList();
    void narrow(const QString &text);
    void choose();

    QStandardItemModel *m_commands;
    CommandFilter *m_filter;
    QLineEdit *m_search;
    QTreeView *m_list;
};

} // namespace runner::ui
