// The place "Builds": what to build next, what waits and runs, and every build there was.
#pragma once

#include "builds/buildcentre.h"
#include "place/place.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace runner::ui {

class BuildListModel;
class BuildPage;
class EmptyState;
class Notifier;
class PlanPage;
class PlansPane;

class BuildsPlace final : public Place
{
    Q_OBJECT

public:
    /// The settings must outlive the place. With the user's history and docker.
    explicit BuildsPlace(Settings &settings, QWidget *parent = nullptr);
    /// With a history in that folder; docker is looked for when the user wants to build, unless \a tool is given.
    BuildsPlace(Settings &settings, const std::filesystem::path &history, std::optional<build::Tool> tool, QWidget *parent = nullptr);
    ~BuildsPlace() override;

    void setDocuments(DocumentSet &documents, MatrixDocument &matrix) override;
    void setWorkspace(const LoadedPointer &loaded) override;
    void setError(const std::optional<Problem> &error) override;
    void setIdle(bool loading) override;
    QList<QAction *> actions(PlaceMenu menu) const override;
    void find() override;
    /// What is selected in the log, or the image's name.
    void copy() override;
    bool reveal(const Location &where) override;
    void restoreLayout(const Settings &settings) override;
    void saveLayout(Settings &settings) const override;
    bool mayClose() override;

    BuildCentre *centre() const { return m_centre; }
    BuildPage *page() const { return m_page; }
    PlanPage *plan() const { return m_plan; }
    BuildListModel *model() const { return m_model; }
    /// Shows what to build next.
    void newBuild();
    /// The same with these images ticked: tags, with or without "-dev" and platform.
    void build(const QStringList &tags);

private:
    void setUpList();
    void setUpFilters(QWidget *pane);
    void setUpQueue(QWidget *pane);
    void setUpPages();
    void setUpActions();
    void listHistory();
    void onHistory();
    void onQueue();
    void onEnded(qint64 item);
    void onChosen();
    void fillList();
    void showNothing();
    void takeOut();
    void showBuilders();
    void showSettings();
    void applySettings();
    void buildUnclipped(build::Request request);
    void lookForDocker();
    void onPlanEnded(qint64 id);
    void merge(qint64 plan);

    Settings &m_settings;
    BuildCentre *m_centre;
    std::optional<build::Tool> m_givenTool;
    LoadedPointer m_loaded;
    DocumentSet *m_documents = nullptr; ///< Null where the place stands alone.
    BuildListModel *m_model = nullptr;
    QListView *m_list = nullptr;
    QLineEdit *m_find = nullptr;
    QComboBox *m_state = nullptr;
    QComboBox *m_backend = nullptr;
    QComboBox *m_service = nullptr;
    QLabel *m_queueText = nullptr;
    PlansPane *m_plans = nullptr;
    QWidget *m_queueBar = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_takeOut = nullptr;
    QPushButton *m_new = nullptr;
    QStackedWidget *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    PlanPage *m_plan = nullptr;
    BuildPage *m_page = nullptr;
    QSplitter *m_across = nullptr;
    Notifier *m_notifier = nullptr;
    std::unique_ptr<build::ToolCall> m_creation; ///< Of a builder that does not clip.
    QList<QAction *> m_fileActions;
    bool m_toolAsked = false;
    bool m_listed = false; ///< The history has answered.
    bool m_filling = false;
};

} // namespace runner::ui
