// What the support table's menu changes: marks of the selected versions, and their removal; one undo step each.
#pragma once

#include "workspace/loadedworkspace.h"

#include <QAction>
#include <QList>
#include <QObject>

#include <vector>

namespace runner::ui {

class DocumentSet;
class MatrixDocument;
class TextDocument;

class SupportEdits final : public QObject
{
    Q_OBJECT

public:
    explicit SupportEdits(QObject *parent = nullptr);

    void setDocuments(DocumentSet &documents, MatrixDocument &matrix);
    /// The versions that the actions are about: indices into the entries of \a loaded's table.
    void setEntries(const LoadedPointer &loaded, std::vector<int> entries);
    /// In the menu's order: deprecated, polished, release candidate, listed, remove.
    const QList<QAction *> &actions() const { return m_actions; }

Q_SIGNALS:
    void statusMessage(const QString &text);
    void edited(runner::ui::TextDocument *document); ///< The file that a change is a step of.

private:
    enum class Mark { Deprecated, Polished, ReleaseCandidate, Listed };

    static QString textOf(Mark mark);
    QAction *addMark(const QString &name, Mark mark);
    const matrix::RunnerEntry &entry(int index) const;
    bool has(int index, Mark mark) const;
    void showMark(QAction &action, Mark mark);
    void updateActions();
    bool isUpToDate();
    void setMark(Mark mark, bool on);
    void remove();
    void changeOlderCatalog(bool deprecate, bool removes);

    DocumentSet *m_documents = nullptr;
    MatrixDocument *m_matrix = nullptr;
    LoadedPointer m_loaded;
    std::vector<int> m_entries;
    QList<QAction *> m_actions;
    QAction *m_remove = nullptr;
};

} // namespace runner::ui
