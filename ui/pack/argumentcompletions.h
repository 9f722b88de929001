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

    /// Where in a Dockerfile is written.
    struct Place
    {
        QString before;      ///< The line up to the cursor.
        bool inside = false; ///< The line belongs to an instruction that begins above it, or to its heredoc.
        bool asked = false;  ///< Somebody wants to see all that can stand there, not just what is sure to be meant.
    };

    /// Instructions where one begins, arguments behind "$" and ARG, stages behind FROM and --from=; elsewhere arguments
    /// and stages where they were asked for, and in comments arguments.
    void fill(const dockerfile::Dockerfile &file, const Place &place);

private:
    void addArguments(const dockerfile::Dockerfile &file);
    void addStages(const dockerfile::Dockerfile &file);
    void add(const std::string &text, const QString &detail, const std::string &hint);
};

} // namespace runner::ui
