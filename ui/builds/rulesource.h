// Whose rules the images to build are of: the matrix's, or a post operation's.
#pragma once

#include "tasks/latesttask.h"
#include "workspace/loadedworkspace.h"

#include <QWidget>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;

namespace runner::ui {

/// Shown only where the pack centre has post operations. They are read from the disk, on a worker: when the pack centre
/// is loaded anew and when one is chosen.
class RuleSource final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleSource(QWidget *parent = nullptr);

    /// Gives \a loaded at once, unless a post operation is chosen, which is read again.
    void setWorkspace(const LoadedPointer &loaded);
    /// Chooses a post operation, or the matrix for an empty name; chosen() follows, unless it cannot be read.
    void choose(const QString &name);

Q_SIGNALS:
    void chosen(const runner::ui::LoadedPointer &loaded);

private:
    struct Answer
    {
        QString name; ///< Of the post operation; empty: the matrix.
        std::vector<std::string> names;
        std::optional<LoadResult> loaded; ///< Of a post operation.
    };

    static Answer answerOf(const std::filesystem::path &root, const QString &name);
    void onChosen();
    void read();
    void show(const Answer &answer);
    std::vector<std::string> namesShown() const;
    void showNames(const std::vector<std::string> &names, const QString &name);

    LoadedPointer m_matrix;
    QComboBox *m_names = nullptr;
    QLabel *m_problem = nullptr; ///< Why the chosen one cannot be read.
    LatestTask<Answer> m_task;
};

} // namespace runner::ui
