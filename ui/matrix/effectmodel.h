// What the unsaved changes do to the images: one row for each image that is added, removed, retagged or changed, with
// the arguments that differ below it; then the same for the released ones, with their marks.
#pragma once

#include "workspace/releaseeffect.h"

#include <QAbstractItemModel>
#include <QColor>

namespace runner::ui {

class EffectModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, ImageColumn, PlatformsColumn, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    void setEffect(workspace::Effect effect, std::vector<workspace::ReleaseChange> releases = {});
    /// The view gives the lines of arguments its whole width: they are in the first column then.
    void setArgumentsSpanning() { m_argumentsColumn = WhatColumn; }
    const workspace::Effect &effect() const { return m_effect; }
    /// The rule that gives the row's image now; none for a removed one, and none for a released one.
    std::optional<std::size_t> ruleAt(const QModelIndex &index) const;
    /// "Images: 2 added, 1 removed", and the same of released ones; what is said where there is none.
    QString summary() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const final;
    QModelIndex parent(const QModelIndex &child) const final;
    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

private:
    QString textOf(const workspace::ImageChange &change, int column) const;
    QString textOf(const workspace::ArgumentChange &change, int column) const;
    QString textOf(workspace::ReleaseFate fate, int column, bool whole) const;
    QStringList linesOf(const workspace::ReleaseChange &change) const;
    workspace::ReleaseFate fateAt(std::size_t row) const { return m_fates[row - m_effect.size()]; }

    workspace::Effect m_effect;
    std::vector<workspace::ReleaseChange> m_releases;
    std::vector<workspace::ReleaseFate> m_fates; ///< Of m_releases, in rows behind those of m_effect.
    Column m_argumentsColumn = ImageColumn;
};

} // namespace runner::ui
