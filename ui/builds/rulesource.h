// Whose rules the images to build are of: the matrix's, or a post operation's.
#pragma once

#include "workspace/loadedworkspace.h"

#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLabel;

namespace runner::ui {

/// Shown only where the pack centre has post operations. They are read from the disk, on a worker: when the pack centre is
/// loaded anew and when one is chosen.
class RuleSource final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleSource(QWidget *parent = nullptr);

    /// Gives \a loaded at once, unless a post operation is chosen, which is read again.
    void setWorkspace(const LoadedPointer &loaded);
    /// Chooses the matrix.
    void chooseMatrix();

Q_SIGNALS:
    void chosen(const runner::ui::LoadedPointer &loaded);

private:
    struct Answer;

    void onChosen();
    void read();
    void show(const Answer &answer);
    void showNames(const std::vector<std::string> &names, const QString &name);

    LoadedPointer m_matrix;
    QComboBox *m_names = nullptr;
    QLabel *m_problem = nullptr; ///< Why the chosen one cannot be read.
    int m_question = 0;          ///< Answers to earlier ones are out of date.
};

} // namespace runner::ui
