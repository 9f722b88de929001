// What stands beside the build: find and filters, the plans, the list of builds, and the queue's state.
#pragma once

#include "builds/buildcentre.h"
#include "workspace/loadedworkspace.h"

#include <QModelIndexList>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace runner::ui {

class BuildListModel;

class BuildListPane final : public QWidget
{
    Q_OBJECT

public:
    /// The centre must outlive the pane.
    explicit BuildListPane(BuildCentre *centre, QWidget *parent = nullptr);
    ~BuildListPane() override;

    void setWorkspace(const workspace::Workspace &workspace);
    /// Whether a build can be planned.
    void setCanBuild(bool can);
    /// Asks the history for what the filters let through.
    void listHistory();
    /// Shows what the queue is now; a build of its own that has just begun is asked for.
    void showQueue();
    /// Shows what the centre knows now. What is chosen stays so; where nothing is, \a shown is, if it is in the list.
    void refresh(std::int64_t shown);
    void find();
    /// Everything is let through: what has just been started is in the list.
    void clearFilters();

    BuildListModel *model() const { return m_model; }
    QListView *list() const { return m_list; }
    bool hasKeyboard() const;
    /// Builds are being looked for by name.
    bool isFinding() const;
    /// The selected rows, from the top.
    QModelIndexList chosen() const;
    void choose(const QModelIndex &index);
    void chooseNothing();

Q_SIGNALS:
    void choiceChanged();
    void newBuildRequested();
    void chooseRequested(qint64 plan); ///< Its images are to be ticked again.
    void mergeRequested(qint64 plan);  ///< What it released is to go into the catalogue.

private:
    bool isFiltered() const;
    void setUpFilters();
    void setUpList();
    void setUpQueue();
    void showMenu(const QPoint &place);
    void onChosen();
    void takeOut();
    std::vector<build::QueueItem> shownItems() const;

    BuildCentre *m_centre;
    BuildListModel *m_model;
    QListView *m_list = nullptr;
    QLineEdit *m_find = nullptr;
    QComboBox *m_state = nullptr;
    QComboBox *m_backend = nullptr;
    QComboBox *m_service = nullptr;
    QPushButton *m_new = nullptr;
    QWidget *m_queueBar = nullptr;
    QLabel *m_queueText = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_takeOut = nullptr;
    QLabel *m_none = nullptr;      ///< In the place of a list that the filters leave empty.
    build::HistoryFilter m_filter; ///< What the history was asked for last.
    bool m_filling = false;
};

} // namespace runner::ui
