// The place "Builds": what to build next, what waits and runs, and every build there was.
#pragma once

#include "builds/buildcentre.h"
#include "place/place.h"

#include <QModelIndexList>

#include <cstdint>
#include <optional>

class QSplitter;
class QStackedWidget;

namespace runner::ui {

class BuildListModel;
class BuildListPane;
class BuildPage;
class ComparePage;
class EmptyState;
class PlanPage;
class UnclippedBuild;

class BuildsPlace final : public Place
{
    Q_OBJECT

public:
    /// The settings must outlive the place. With the user's history and docker.
    explicit BuildsPlace(Settings &settings, QWidget *parent = nullptr);
    /// With a history in that folder; docker is looked for when the user wants to build, unless \a tool is given.
    BuildsPlace(Settings &settings, const std::filesystem::path &history, std::optional<build::Tool> tool,
                QWidget *parent = nullptr);
    ~BuildsPlace() override;

    void setDocuments(DocumentSet &documents, MatrixDocument &matrix) override;
    void setWorkspace(const LoadedPointer &loaded) override;
    void setError(const std::optional<Problem> &error) override;
    void setIdle(bool loading) override;
    QList<QAction *> actions(PlaceMenu menu) const override;
    void find() override;
    /// What is selected in the log, or the image's name; the whole comparison where one is shown.
    void copy() override;
    bool reveal(const Location &where) override;
    void restoreLayout(const Settings &settings) override;
    void saveLayout(Settings &settings) const override;
    bool mayClose() override;

    BuildCentre *centre() const { return m_centre; }
    BuildPage *page() const { return m_page; }
    PlanPage *plan() const { return m_plan; }
    ComparePage *comparison() const { return m_compare; }
    BuildListModel *model() const;
    /// Shows what to build next.
    void newBuild();
    /// The same with these images ticked: tags, with or without "-dev" and platform.
    void build(const QStringList &tags);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void setUpPanes();
    void setUpPages();
    void connectPages();
    void setUpActions();
    void onHistory();
    void onQueue();
    void awaitStart();
    void showStarted();
    void onChosen();
    void showRow(const QModelIndex &index);
    void showItem(const build::QueueItem &item);
    void compare(const QModelIndexList &rows);
    void refreshList();
    void updatePages();
    void showNothing();
    void showBuilders();
    void showSettings();
    void applySettings();
    void lookForDocker();
    void chooseAgain(qint64 id);
    void showBuiltLine(const Location &where);
    void merge(qint64 plan);

    Settings &m_settings;
    BuildCentre *m_centre;
    std::optional<build::Tool> m_givenTool;
    LoadedPointer m_loaded;
    DocumentSet *m_documents = nullptr; ///< Null where the place stands alone.
    BuildListPane *m_side = nullptr;
    QStackedWidget *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    PlanPage *m_plan = nullptr;
    BuildPage *m_page = nullptr;
    ComparePage *m_compare = nullptr;
    QSplitter *m_across = nullptr;
    UnclippedBuild *m_unclipped = nullptr;
    QList<QAction *> m_fileActions;
    bool m_toolAsked = false;
    bool m_listed = false;                       ///< The history has answered.
    std::optional<std::int64_t> m_startedBehind; ///< The first item behind this one is to be shown when it runs,
    std::int64_t m_startedAt = 0;                ///< unless another build is shown than this one; 0: the plan.
};

} // namespace runner::ui
