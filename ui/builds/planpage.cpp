#include "builds/planpage.h"

#include "build/bake.h"
#include "builds/buildwords.h"
#include "builds/planimages.h"
#include "builds/planmaker.h"
#include "builds/planmodel.h"
#include "builds/planoptions.h"
#include "builds/rulesource.h"
#include "expand/json.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace runner::ui {

namespace {

constexpr std::size_t mostEstimated = 100;

} // namespace

PlanPage::PlanPage(BuildCentre *centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
    , m_model(new PlanModel(this))
    , m_images(new PlanImages(m_model))
    , m_rules(new RuleSource)
    , m_maker(new PlanMaker(this))
{
    setObjectName(QStringLiteral("planPage"));
    m_parts = new QHBoxLayout(this);
    m_parts->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    m_parts->setSpacing(2 * gridUnit);
    m_parts->addWidget(makeImages(), 1);
    m_parts->addWidget(makeHow(), 1);
    connect(m_model, &PlanModel::tickedChanged, this, &PlanPage::updateCommands);
    connect(m_maker, &PlanMaker::finished, this, &PlanPage::showPlan);
    showPlan();
    updateCommands();
}

PlanPage::~PlanPage()
{
    m_call.reset();
}

void PlanPage::setWorkspace(const LoadedPointer &loaded)
{
    m_rules->setWorkspace(loaded);
}

void PlanPage::useRules(const LoadedPointer &loaded)
{
    m_loaded = loaded;
    m_options->setNamespace(QString::fromStdString(loaded->workspace->matrix.image.nameSpace));
    m_model->setWorkspace(loaded);
    m_images->updatePlatforms();
    if (!m_again.isEmpty())
        tickAgain();
}

int PlanPage::choose(const QStringList &tags)
{
    m_again.clear();
    m_rules->choose({});
    return m_images->choose(tags);
}

void PlanPage::chooseAgain(const build::ImagePlan &plan)
{
    if (plan.jobs.empty())
        return;
    const bool releases = std::any_of(plan.manifests.begin(), plan.manifests.end(),
                                      [](const build::PlannedManifest &each) { return !each.releaseImage.empty(); });
    m_options->set(build::optionsOf(plan.jobs.front().request), {!plan.manifests.empty(), releases},
                   plan.origin.arguments);
    m_again.clear();
    for (const std::string &tag : plan.origin.tags)
        m_again << QString::fromStdString(tag);
    for (const build::PlannedJob &job : plan.jobs) { // A plan of an earlier version says nothing else.
        if (plan.origin.tags.empty())
            m_again << QString::fromStdString(job.request.platformTag);
    }
    m_rules->choose(QString::fromStdString(plan.origin.postOperation));
}

void PlanPage::tickAgain()
{
    const QStringList tags = std::exchange(m_again, {});
    const int found = m_images->choose(tags);
    if (found >= tags.size())
        Q_EMIT statusMessage(tr("The plan's images and options are chosen again."));
    else
        Q_EMIT statusMessage(
            tr("The plan's options are chosen again, and %1 of its %2 images: no rule packs the others any more.")
                .arg(found)
                .arg(tags.size()));
}

void PlanPage::find()
{
    m_images->find();
}

void PlanPage::lookForDocker()
{
    const auto docker = build::findDocker();
    if (docker)
        useTool(*docker);
    else
        say(docker.error());
}

void PlanPage::useTool(const build::Tool &tool)
{
    m_message->hide();
    m_useSandbox->hide();
    m_lookAgain->hide();
    m_centre->setTool(tool);
    lookForBuilders();
    updateCommands();
}

void PlanPage::lookForBuilders()
{
    if (m_centre->tool())
        m_call = std::make_unique<build::ToolCall>(*m_centre->tool(), build::listArguments(),
                                                   [this](const build::Answer &answer) { onBuilders(answer); });
}

void PlanPage::onBuilders(const build::Answer &answer)
{
    if (!answer.good()) {
        say(build::explainError(answer, "buildx-failed"));
        return;
    }
    m_message->hide();
    m_useSandbox->hide();
    m_lookAgain->hide();
    m_builders = build::parseBuilders(answer.output);
    m_options->setBuilders(m_builders);
    if (std::none_of(m_builders.begin(), m_builders.end(),
                     [](const build::Builder &builder) { return builder.error.empty(); }))
        say({"daemon-unreachable",
             Severity::Error,
             {},
             "No builder of docker can be reached",
             "Start the docker daemon, or choose another context with docker context use"});
}

void PlanPage::say(const Problem &problem)
{
    m_message->setText(sentence(problem));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme(palette()).errorText);
    m_message->setPalette(colours);
    m_message->show();
    m_lookAgain->show();
    m_useSandbox->setVisible(build::sandboxDocker().has_value());
    updateCommands();
}

/// What is shown stays until the new plan is made; nothing is made of a plan that lacks something.
void PlanPage::updateCommands()
{
    PlanWish wish;
    wish.loaded = m_loaded;
    if (m_loaded && !(m_options->makesArchives() && m_options->archiveFolder().isEmpty())) {
        wish.jobs = m_model->ticked();
        wish.how = m_options->build(m_loaded->workspace->matrix.image);
        wish.how.postOperation = m_loaded->workspace->postOperation;
        wish.options = m_options->plan();
        wish.arguments = m_options->arguments();
        wish.builders = m_builders;
        if (m_options->makesArchives())
            wish.archiveFolder = std::filesystem::absolute(m_options->archiveFolder().toStdString()).string();
    }
    m_maker->make(std::move(wish));
}

void PlanPage::showPlan()
{
    const MadePlan &made = m_maker->made();
    m_obstacle->setText(made.obstacle ? sentence(*made.obstacle) : QString());
    m_obstacle->setVisible(made.obstacle.has_value());
    m_commands->setPlaceholderText(made.obstacle ? tr("There are no commands: this plan cannot be carried out.")
                                                 : tr("Tick the images to build; the exact commands stand here then."));
    if (m_commands->toPlainText() != made.commands)
        m_commands->setPlainText(made.commands);
    m_start->setEnabled(!made.plan.jobs.empty() && m_centre->tool());
    const std::size_t count = made.plan.jobs.size();
    m_start->setText(count == 0 ? tr("&Start") : count == 1 ? tr("&Start 1 build") : tr("&Start %1 builds").arg(count));
    showEstimate();
    if (std::exchange(m_startWhenMade, false))
        start();
}

void PlanPage::showEstimate()
{
    const auto &jobs = m_maker->made().plan.jobs;
    const int question = ++m_estimateQuestion;
    m_estimate->clear();
    if (jobs.empty() || jobs.size() > mostEstimated)
        return;
    std::vector<build::Request> requests;
    requests.reserve(jobs.size());
    for (const build::PlannedJob &job : jobs)
        requests.push_back(job.request);
    m_centre->estimate(requests, this, [this, question](const std::vector<std::optional<build::Estimate>> &estimates) {
        if (question == m_estimateQuestion)
            m_estimate->setText(shownEstimates(estimates));
    });
}

void PlanPage::copy(CopyAs form)
{
    const MadePlan &made = m_maker->made();
    std::string text;
    if (form == CopyAs::Commands) {
        text = build::describePlan(made.shown);
    } else if (form == CopyAs::BakeFile) {
        text = build::bakeFile(made.plan);
    } else if (m_loaded) {
        expand::Plan plan;
        plan.jobs = made.jobs;
        text = expand::toJson(plan, m_loaded->workspace->matrix);
    }
    QApplication::clipboard()->setText(QString::fromStdString(text));
    Q_EMIT statusMessage(made.plan.jobs.empty() ? tr("Nothing is ticked.")
                                                : tr("%1 builds were copied.").arg(made.plan.jobs.size()));
}

/// Of what is ticked now, even if the plan of that is still being made.
void PlanPage::start()
{
    if (m_maker->isBusy()) {
        m_startWhenMade = true;
        return;
    }
    const build::ImagePlan &plan = m_maker->made().plan;
    if (plan.jobs.empty() || !m_centre->tool())
        return;
    const auto builds = static_cast<int>(plan.jobs.size());
    m_centre->addPlan(plan);
    m_model->tickOnly({});
    Q_EMIT started(builds);
}

} // namespace runner::ui
