// The graph of a Dockerfile's stages: rails on the left, the stages' names beside them.
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

namespace runner::ui {

class StageModel;

class StageDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit StageDelegate(const StageModel *model, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintRails(QPainter &painter, const QRect &place, int row, const QPalette &palette) const;
    double dotAt() const;

    const StageModel *m_model;
};

class StageView final : public QListView
{
    Q_OBJECT

public:
    explicit StageView(StageModel *model, QWidget *parent = nullptr);

    /// Makes the stage current without telling: the text pointed at it.
    void follow(int stage);

Q_SIGNALS:
    void stageChosen(int stage); ///< By click, Enter or moving through the list.

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    bool m_following = false;
};

} // namespace runner::ui
