// The support table on the screen: a tree without branches whose cells hold chips that keys and mouse can reach.
#pragma once

#include <QTreeView>

#include <QSet>

#include <set>

namespace runner::ui {

class SupportDelegate;
class SupportModel;

class SupportView final : public QTreeView
{
    Q_OBJECT

public:
    explicit SupportView(SupportModel *model, QWidget *parent = nullptr);

    /// Index into the entries of the current chip; -1 where there is none.
    int currentEntry() const;
    /// Entries whose chips were chosen one by one, with Ctrl or Shift; empty where whole cells are selected.
    const std::set<int> &chosenEntries() const { return m_chosen; }
    /// Chooses those of them that are shown.
    void chooseEntries(const std::set<int> &entries);
    /// Makes that entry's chip the current one. False where it is not shown.
    bool selectEntry(int entry);
    /// The first chip from the top; nothing where there is none.
    void selectFirst();
    /// Where a chip is, in the viewport's coordinates; for tests and menus.
    QRect chipRect(const QModelIndex &cell, int chip) const;

    QRect visualRect(const QModelIndex &index) const override;
    void keyboardSearch(const QString &text) override;

Q_SIGNALS:
    void entryChanged(int entry);
    void chosenChanged();
    void entryActivated(int entry); ///< Enter, Space or a double click.
    void typed(const QString &text);
    /// The context menu's key, F2 or the mouse asked for what can be done with the selection; in the viewport's
    /// coordinates.
    void menuRequested(const QPoint &place);
    void tablePainted(); ///< Every time rows have been painted.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void setUpHeader();
    void shareWidth();
    void sizeColumns();
    void onModelReset();
    void onExpansion(const QModelIndex &section, bool expanded);
    int itemOf(const QModelIndex &index) const;
    void setChip(int chip);
    bool moveChip(int step);
    int chipCount() const;
    int chipAt(const QPoint &place, const QModelIndex &cell) const;
    bool pressChip(const QMouseEvent &event, const QModelIndex &cell, int chip);
    bool handleChoice(const QKeyEvent &event);
    void goToChip(const QModelIndex &cell, int chip);
    void toggleChosen(int entry);
    void chooseRange(int from, int to, bool more);
    std::set<int> selectedBefore() const;
    bool showTooltip(const QPoint &place, const QPoint &global);

    SupportModel *m_model;
    SupportDelegate *m_delegate;
    const void *m_sizedFor = nullptr; ///< The loaded state that the header is laid out for.
    int m_chip = 0;
    std::set<int> m_chosen;
    int m_anchor = -1;         ///< The entry that Shift chooses from; -1: the current one.
    bool m_pressTaken = false; ///< The mouse button that is down has chosen a chip: no drag over cells begins.
    bool m_choosing = false;   ///< The current cell changes while chips are chosen.
    int m_nextChip = 0;        ///< The chip to take when the current cell changes; counts from the end below 0.
    QSet<QString> m_collapsed;
    bool m_restoring = false;
};

} // namespace runner::ui
