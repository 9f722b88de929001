// What to build next: images of the matrix, how, and the exact commands.
#pragma once

#include "build/builders.h"
#include "build/tool.h"
#include "builds/buildcentre.h"
#include "workspace/loadedworkspace.h"

#include <QWidget>

#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace runner::ui {

class PlanModel;

class PlanPage final : public QWidget
{
    Q_OBJECT

public:
    /// The centre must outlive the page.
    explicit PlanPage(BuildCentre *centre, QWidget *parent = nullptr);
    ~PlanPage() override;

    void setWorkspace(const LoadedPointer &loaded);
    PlanModel *model() const { return m_model; }
    /// Looks for docker and its builders; says what is missing.
    void lookForDocker();
    /// The same with this docker.
    void useTool(const build::Tool &tool);
    /// What would be started, in the order of the rows; empty where something is missing.
    std::vector<build::Request> requests() const;
    void find();

Q_SIGNALS:
    void started(int builds);
    void statusMessage(const QString &text);

private:
    QWidget *makeImages();
    QWidget *makeOptions();
    void chooseFile();
    void applyFilter();
    void tickShown(bool ticked);
    void onBuilders(const build::Answer &answer);
    void say(const Problem &problem);
    build::Options options() const;
    void updateCommands();
    void start();

    BuildCentre *m_centre;
    LoadedPointer m_loaded;
    PlanModel *m_model;
    QSortFilterProxyModel *m_shown;
    QLineEdit *m_filter = nullptr;
    QComboBox *m_platform = nullptr;
    QTableView *m_images = nullptr;
    QComboBox *m_output = nullptr;
    QLineEdit *m_file = nullptr;
    QPushButton *m_choose = nullptr;
    QComboBox *m_builder = nullptr;
    QCheckBox *m_cacheFrom = nullptr;
    QCheckBox *m_noCache = nullptr;
    QCheckBox *m_pull = nullptr;
    QCheckBox *m_dryRun = nullptr;
    QPlainTextEdit *m_commands = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_useSandbox = nullptr;
    QPushButton *m_lookAgain = nullptr;
    QLabel *m_estimate = nullptr;
    QPushButton *m_start = nullptr;
    std::unique_ptr<build::ToolCall> m_call;
};

} // namespace runner::ui
