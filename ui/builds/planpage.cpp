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
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace runner::ui {

namespace {

constexpr std::size_t mostEstimated = 100;

QLabel *heading(const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(boldFont(label->font()));
    return label;
}

QLabel *wrappedLabel(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->hide();
    return label;
}

/// As high as what is in it, and less where the window has less: it scrolls then.
class OptionsArea final : public QScrollArea
{
public:
    explicit OptionsArea(QWidget *options)
    {
        setObjectName(QStringLiteral("planOptionsArea"));
        setWidget(options);
        setWidgetResizable(true);
        setFocusPolicy(Qt::NoFocus); // What is in it has the focus, and is scrolled to.
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    }

    QSize sizeHint() const override { return widget()->sizeHint() + QSize(verticalScrollBar()->sizeHint().width(), 0); }
    QSize minimumSizeHint() const override
    {
        return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), 12 * gridUnit};
    }
};

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

int PlanPage::widthSideBySide() const
{
    const QMargins margins = m_parts->contentsMargins();
    return m_parts->itemAt(0)->minimumSize().width() + m_parts->itemAt(1)->minimumSize().width() + m_parts->spacing()
           + margins.left() + margins.right();
}

QSize PlanPage::minimumSizeHint() const
{
    const QMargins margins = m_parts->contentsMargins();
    const int widest = std::max(m_parts->itemAt(0)->minimumSize().width(), m_parts->itemAt(1)->minimumSize().width());
    return {widest + margins.left() + margins.right(), QWidget::minimumSizeHint().height()};
}

void PlanPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const auto direction = width() < widthSideBySide() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (m_parts->direction() == direction)
        return;
    m_parts->setDirection(direction);
    updateGeometry();
}

QWidget *PlanPage::makeImages()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    layout->addWidget(m_rules);
    layout->addWidget(m_images, 1);
    connect(m_rules, &RuleSource::chosen, this, &PlanPage::useRules);
    return pane;
}

QWidget *PlanPage::makeHow()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    layout->addWidget(heading(tr("How")));
    m_options = new PlanOptions;
    layout->addWidget(new OptionsArea(m_options));
    layout->addWidget(makeCommands(), 1);
    layout->addWidget(makeStart());
    connect(m_options, &PlanOptions::changed, this, &PlanPage::updateCommands);
    connect(m_options, &PlanOptions::buildersWanted, this, &PlanPage::buildersWanted);
    return pane;
}

QWidget *PlanPage::makeCommands()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    auto *menu = new QMenu(pane);
    const std::pair<CopyAs, QString> forms[] = {{CopyAs::Commands, tr("As &commands of a shell")},
                                                {CopyAs::BakeFile, tr("As a file for docker buildx &bake")},
                                                {CopyAs::JobList, tr("As the &jobs of a CI, in JSON")}};
    for (const auto &[form, text] : forms)
        connect(menu->addAction(text), &QAction::triggered, this, [this, form = form] { copy(form); });
    auto *button = new QPushButton(tr("&Copy"));
    button->setObjectName(QStringLiteral("planCopy"));
    button->setMenu(menu);
    auto *row = new QHBoxLayout;
    row->addWidget(heading(tr("Commands")), 1);
    row->addWidget(button);
    layout->addLayout(row);
    m_commands = new QPlainTextEdit;
    m_commands->setObjectName(QStringLiteral("planCommands"));
    m_commands->setAccessibleName(tr("Commands"));
    m_commands->setReadOnly(true);
    m_commands->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_commands->setFont(codeFont(font()));
    m_commands->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_commands->setMinimumHeight(8 * gridUnit);
    layout->addWidget(m_commands, 1);
    return pane;
}

QWidget *PlanPage::makeStart()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    m_message = wrappedLabel(QStringLiteral("planMessage"));
    m_obstacle = wrappedLabel(QStringLiteral("planObstacle"));
    layout->addWidget(m_message);
    layout->addWidget(m_obstacle);
    m_useSandbox = new QPushButton(tr("Use the sandbox's &daemon"));
    m_useSandbox->setObjectName(QStringLiteral("planSandbox"));
    m_useSandbox->setToolTip(tr("scripts/sandbox keeps a docker of its own"));
    m_useSandbox->hide();
    m_lookAgain = new QPushButton(tr("&Look again"));
    m_lookAgain->setObjectName(QStringLiteral("planLookAgain"));
    m_lookAgain->hide();
    m_estimate = new QLabel;
    m_estimate->setObjectName(QStringLiteral("planEstimate"));
    m_start = new QPushButton;
    m_start->setObjectName(QStringLiteral("planStart"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_useSandbox);
    buttons->addWidget(m_lookAgain);
    buttons->addWidget(m_estimate, 1);
    buttons->addWidget(m_start);
    layout->addLayout(buttons);
    connect(m_start, &QPushButton::clicked, this, &PlanPage::start);
    connect(m_lookAgain, &QPushButton::clicked, this, &PlanPage::lookForDocker);
    connect(m_useSandbox, &QPushButton::clicked, this, [this] {
        if (const auto tool = build::sandboxDocker())
            useTool(*tool);
    });
    return pane;
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
