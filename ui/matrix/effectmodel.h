// What the unsaved changes do to the images: one row for each image that is added, removed, retagged or changed, with
// the arguments that differ below it.
#pragma once

#include "workspace/effect.h"

#include <QAbstractItemModel>
#include <QColor>

namespace runner::ui {

class EffectModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, ImageColumn, PlatformsColumn, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    void setEffect(workspace::Effect effect);
    /// The view gives the lines of arguments its whole width: they are in the first column then.
    void setArgumentsSpanning() { m_argumentsColumn = WhatColumn; }
    const workspace::Effect &effect() const { return m_effect; }
    /// The rule that gives the row's image now; none for a removed one.
    std::optional<std::size_t> ruleAt(const QModelIndex &index) const;
    /// "2 images added, 1 removed"; what is said where there is none.
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

    workspace::Effect m_effect;
    Column m_argumentsColumn = ImageColumn;
};

} // namespace runner::ui
