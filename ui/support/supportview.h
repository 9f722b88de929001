// The support table on the screen: a tree without branches whose cells hold chips that keys and mouse can reach.
#pragma once

#include <QTreeView>

#include <QSet>

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
    void entryActivated(int entry); ///< Enter, Space or a double click.
    void typed(const QString &text);
    /// The context menu's key, F2 or the mouse asked for what can be done with the selection; in the viewport's coordinates.
    void menuRequested(const QPoint &place);
    void tablePainted(); ///< Every time rows have been painted.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

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
    bool showTooltip(const QPoint &place, const QPoint &global);

    SupportModel *m_model;
    SupportDelegate *m_delegate;
    const void *m_sizedFor = nullptr; ///< The loaded state that the header is laid out for.
    int m_chip = 0;
    int m_nextChip = 0; ///< The chip to take when the current cell changes; counts from the end below 0.
    QSet<QString> m_collapsed;
    bool m_restoring = false;
};

} // namespace runner::ui
