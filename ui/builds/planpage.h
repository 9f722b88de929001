// What to build next: images of the matrix, how, and the exact commands.
#pragma once

#include "build/tool.h"
#include "builds/buildcentre.h"
#include "workspace/loadedworkspace.h"

#include <QWidget>

#include <memory>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace runner::ui {

class PlanImages;
class PlanMaker;
class PlanModel;
class PlanOptions;
class RuleSource;

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
    /// Asks docker for its builders anew.
    void lookForBuilders();
    const std::vector<build::Builder> &builders() const { return m_builders; }
    /// Ticks these images and nothing else: tags, with or without "-dev" and platform. How many.
    int choose(const QStringList &tags);
    /// The images, rules and options that a plan was made of; says how many of the images there are still.
    void chooseAgain(const build::ImagePlan &plan);
    void find();
    /// That of images above options, which is how they stand where they have no room side by side.
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

Q_SIGNALS:
    void started(int builds);
    void statusMessage(const QString &text);
    void buildersWanted(); ///< The user wants to see and change them.

private:
    enum class CopyAs { Commands, BakeFile, JobList };

    QWidget *makeImages();
    QWidget *makeHow();
    QWidget *makeCommands();
    QWidget *makeStart();
    void useRules(const LoadedPointer &loaded);
    void tickAgain();
    void onBuilders(const build::Answer &answer);
    void say(const Problem &problem);
    void updateCommands();
    void showPlan();
    void showEstimate();
    void copy(CopyAs form);
    void start();

    int widthSideBySide() const;

    BuildCentre *m_centre;
    QBoxLayout *m_parts = nullptr; ///< Images and options.
    LoadedPointer m_loaded;        ///< With the rules that are chosen.
    PlanModel *m_model;
    PlanImages *m_images;
    RuleSource *m_rules;
    PlanMaker *m_maker;
    PlanOptions *m_options = nullptr;
    QPlainTextEdit *m_commands = nullptr;
    QLabel *m_message = nullptr;  ///< Of docker.
    QLabel *m_obstacle = nullptr; ///< Why this plan cannot be carried out.
    QPushButton *m_useSandbox = nullptr;
    QPushButton *m_lookAgain = nullptr;
    QLabel *m_estimate = nullptr;
    int m_estimateQuestion = 0; ///< Answers to earlier ones are of another plan.
    QPushButton *m_start = nullptr;
    bool m_startWhenMade = false;
    QStringList m_again; ///< Images to tick when their rules are read.
    std::vector<build::Builder> m_builders;
    std::unique_ptr<build::ToolCall> m_call;
};

} // namespace runner::ui
