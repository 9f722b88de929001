// What may be written in a Dockerfile: its arguments with defaults and comments, its stages, the instructions.
#pragma once

#include "dockerfile/dockerfile.h"

#include <QStandardItemModel>

namespace runner::ui {

class ArgumentCompletions final : public QStandardItemModel
{
    Q_OBJECT

public:
    using QStandardItemModel::QStandardItemModel;

    void fill(const dockerfile::Dockerfile &file);

private:
    void add(const std::string &text, const QString &detail, const std::string &hint);
};

} // namespace runner::ui
