#include "builds/planpage.h"

#include "build/commandline.h"
#include "builds/buildwords.h"
#include "builds/planmodel.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <filesystem>

namespace runner::ui {

namespace {

constexpr std::size_t mostCommands = 50; ///< Shown; all are copied.

QLabel *heading(const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(boldFont(label->font()));
    return label;
}

QCheckBox *checkBox(const QString &name, const QString &text, const QString &tip)
{
    auto *box = new QCheckBox(text);
    box->setObjectName(name);
    box->setToolTip(tip);
    return box;
}

} // namespace

PlanPage::PlanPage(BuildCentre *centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
    , m_model(new PlanModel(this))
    , m_shown(new QSortFilterProxyModel(this))
{
    setObjectName(QStringLiteral("planPage"));
    m_shown->setSourceModel(m_model);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    layout->setSpacing(2 * gridUnit);
    layout->addWidget(makeImages(), 1);
    layout->addWidget(makeOptions(), 1);
    connect(m_model, &PlanModel::tickedChanged, this, &PlanPage::updateCommands);
    updateCommands();
}

PlanPage::~PlanPage()
{
    m_call.reset();
}

QWidget *PlanPage::makeImages()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    layout->addWidget(heading(tr("Images to build")));
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("planFilter"));
    m_filter->setPlaceholderText(tr("Find an image"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setClearButtonEnabled(true);
    m_platform = new QComboBox;
    m_platform->setObjectName(QStringLiteral("planPlatform"));
    m_platform->setAccessibleName(tr("Platform"));
    m_platform->addItem(tr("All platforms"));
    auto *across = new QHBoxLayout;
    across->addWidget(m_filter, 1);
    across->addWidget(m_platform);
    layout->addLayout(across);
    m_images = new QTableView;
    m_images->setObjectName(QStringLiteral("planImages"));
    m_images->setAccessibleName(tr("Images to build"));
    m_images->setModel(m_shown);
    m_images->setShowGrid(false);
    m_images->setWordWrap(false);
    m_images->setTabKeyNavigation(false);
    m_images->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_images->verticalHeader()->hide();
    m_images->verticalHeader()->setDefaultSectionSize(3 * gridUnit);
    m_images->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_images->horizontalHeader()->setSectionResizeMode(PlanModel::TagColumn, QHeaderView::Stretch);
    m_images->horizontalHeader()->setHighlightSections(false);
    layout->addWidget(m_images, 1);
    auto *all = new QPushButton(tr("&Tick all shown"));
    all->setObjectName(QStringLiteral("planTickAll"));
    auto *none = new QPushButton(tr("&Untick all shown"));
    none->setObjectName(QStringLiteral("planTickNone"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(all);
    buttons->addWidget(none);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    connect(m_filter, &QLineEdit::textChanged, this, &PlanPage::applyFilter);
    connect(m_platform, &QComboBox::currentIndexChanged, this, &PlanPage::applyFilter);
    connect(all, &QPushButton::clicked, this, [this] { tickShown(true); });
    connect(none, &QPushButton::clicked, this, [this] { tickShown(false); });
    return pane;
}

QWidget *PlanPage::makeOptions()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    layout->addWidget(heading(tr("How")));
    m_output = new QComboBox;
    m_output->setObjectName(QStringLiteral("planOutput"));
    m_output->addItem(tr("Nowhere: only the build cache is filled"), static_cast<int>(build::OutputKind::Nothing));
    m_output->addItem(tr("Push to the registry"), static_cast<int>(build::OutputKind::Push));
    m_output->addItem(tr("Load into the local store"), static_cast<int>(build::OutputKind::Load));
    m_output->addItem(tr("OCI archives in a folder"), static_cast<int>(build::OutputKind::Archive));
    m_output->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_output->setMinimumContentsLength(20);
    m_file = new QLineEdit;
    m_file->setObjectName(QStringLiteral("planFolder"));
    m_file->setPlaceholderText(tr("Folder for the archives"));
    m_file->setAccessibleName(m_file->placeholderText());
    m_choose = new QPushButton(tr("Choose…"));
    m_choose->setObjectName(QStringLiteral("planChoose"));
    auto *fileRow = new QHBoxLayout;
    fileRow->addWidget(m_file, 1);
    fileRow->addWidget(m_choose);
    m_builder = new QComboBox;
    m_builder->setObjectName(QStringLiteral("planBuilder"));
    m_builder->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_builder->setMinimumContentsLength(20);
    m_builder->addItem(tr("One that can run the platform"), QString());
    m_cacheFrom = checkBox(QStringLiteral("planCacheFrom"), tr("Use the cache images of the registry"), tr("--cache-from for each of the image's cache tags"));
    m_cacheFrom->setChecked(true);
    m_noCache = checkBox(QStringLiteral("planNoCache"), tr("Run every step anew"), QStringLiteral("--no-cache"));
    m_pull = checkBox(QStringLiteral("planPull"), tr("Look for newer base images"), QStringLiteral("--pull"));
    m_dryRun = checkBox(QStringLiteral("planDryRun"), tr("Dry run: only check the Dockerfile"), QStringLiteral("--call=check"));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->addRow(tr("&Result"), m_output);
    form->addRow(QString(), fileRow);
    form->addRow(tr("&Builder"), m_builder);
    for (QCheckBox *box : {m_cacheFrom, m_noCache, m_pull, m_dryRun})
        form->addRow(QString(), box);
    layout->addLayout(form);
    auto *copy = new QPushButton(tr("&Copy"));
    copy->setObjectName(QStringLiteral("planCopy"));
    auto *commandsRow = new QHBoxLayout;
    commandsRow->addWidget(heading(tr("Commands")), 1);
    commandsRow->addWidget(copy);
    layout->addLayout(commandsRow);
    m_commands = new QPlainTextEdit;
    m_commands->setObjectName(QStringLiteral("planCommands"));
    m_commands->setAccessibleName(tr("Commands"));
    m_commands->setReadOnly(true);
    m_commands->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_commands->setFont(codeFont(font()));
    m_commands->setPlaceholderText(tr("Tick the images to build; the exact commands stand here then."));
    m_commands->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_commands, 1);
    m_message = new QLabel;
    m_message->setObjectName(QStringLiteral("planMessage"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->hide();
    m_useSandbox = new QPushButton(tr("Use the sandbox's &daemon"));
    m_useSandbox->setObjectName(QStringLiteral("planSandbox"));
    m_useSandbox->setToolTip(tr("scripts/sandbox keeps a docker of its own"));
    m_useSandbox->hide();
    m_lookAgain = new QPushButton(tr("&Look again"));
    m_lookAgain->setObjectName(QStringLiteral("planLookAgain"));
    m_lookAgain->hide();
    layout->addWidget(m_message);
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
    const auto changed = [this] { updateCommands(); };
    for (QComboBox *box : {m_output, m_builder})
        connect(box, &QComboBox::currentIndexChanged, this, changed);
    for (QCheckBox *box : {m_cacheFrom, m_noCache, m_pull, m_dryRun})
        connect(box, &QCheckBox::toggled, this, changed);
    connect(m_file, &QLineEdit::textChanged, this, changed);
    connect(m_choose, &QPushButton::clicked, this, &PlanPage::chooseFile);
    connect(m_start, &QPushButton::clicked, this, &PlanPage::start);
    connect(m_lookAgain, &QPushButton::clicked, this, &PlanPage::lookForDocker);
    connect(m_useSandbox, &QPushButton::clicked, this, [this] {
        if (const auto tool = build::sandboxDocker())
            useTool(*tool);
    });
    connect(copy, &QPushButton::clicked, this, [this] {
        QString text;
        for (const build::Request &request : requests())
            text += QString::fromStdString(build::shellLine(build::commandLine(request))) + u'\n';
        QApplication::clipboard()->setText(text);
        Q_EMIT statusMessage(tr("The commands were copied."));
    });
    return pane;
}

void PlanPage::setWorkspace(const LoadedPointer &loaded)
{
    m_loaded = loaded;
    m_model->setWorkspace(loaded);
    QStringList platforms;
    for (int row = 0; row < m_model->rowCount(); ++row)
        platforms << QString::fromStdString(m_model->job(row).platform);
    platforms.removeDuplicates();
    platforms.sort();
    const QString chosen = m_platform->currentText();
    const QSignalBlocker blocker(m_platform);
    m_platform->clear();
    m_platform->addItem(tr("All platforms"));
    m_platform->addItems(platforms);
    m_platform->setCurrentIndex(std::max(0, m_platform->findText(chosen)));
    applyFilter();
}

void PlanPage::find()
{
    m_filter->selectAll();
    m_filter->setFocus(Qt::ShortcutFocusReason);
}

void PlanPage::applyFilter()
{
    const QString platform = m_platform->currentIndex() > 0 ? m_platform->currentText().replace(u'/', u'-') : QString();
    const QString text = QRegularExpression::escape(m_filter->text().trimmed());
    m_shown->setFilterKeyColumn(PlanModel::TagColumn);
    m_shown->setFilterRegularExpression(QRegularExpression(
        text + (platform.isEmpty() ? QString() : QStringLiteral(".*") + QRegularExpression::escape(platform) + u'$'),
        QRegularExpression::CaseInsensitiveOption));
}

void PlanPage::tickShown(bool ticked)
{
    std::vector<int> rows;
    for (int row = 0; row < m_shown->rowCount(); ++row)
        rows.push_back(m_shown->mapToSource(m_shown->index(row, 0)).row());
    m_model->setTicked(rows, ticked);
}

void PlanPage::chooseFile()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the archives"), m_file->text());
    if (!folder.isEmpty())
        m_file->setText(folder);
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
    m_call = std::make_unique<build::ToolCall>(tool, build::listArguments(), [this](const build::Answer &answer) { onBuilders(answer); });
    updateCommands();
}

void PlanPage::onBuilders(const build::Answer &answer)
{
    if (!answer.good()) {
        say(build::explainError(answer.reason(), "buildx-failed"));
        return;
    }
    const QString chosen = m_builder->currentData().toString();
    const QSignalBlocker blocker(m_builder);
    while (m_builder->count() > 1)
        m_builder->removeItem(1);
    bool reachable = false;
    for (const build::Builder &builder : build::parseBuilders(answer.output)) {
        reachable = reachable || builder.error.empty();
        QString text = QString::fromStdString(builder.name) + QStringLiteral(" (") + QString::fromStdString(builder.driver) + u')';
        if (!builder.error.empty())
            text += tr(": cannot be reached");
        m_builder->addItem(text, QString::fromStdString(builder.name));
    }
    m_builder->setCurrentIndex(std::max(0, m_builder->findData(chosen)));
    if (!reachable)
        say({"daemon-unreachable", Severity::Error, {}, "No builder of docker can be reached", "Start the docker daemon, or choose another context with docker context use"});
    updateCommands();
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

build::Options PlanPage::options() const
{
    build::Options options;
    if (m_loaded)
        options.naming = m_loaded->workspace->matrix.image;
    options.builder = m_builder->currentData().toString().toStdString();
    options.output.kind = static_cast<build::OutputKind>(m_output->currentData().toInt());
    options.cacheFrom = m_cacheFrom->isChecked();
    options.noCache = m_noCache->isChecked();
    options.pull = m_pull->isChecked();
    options.call = m_dryRun->isChecked() ? build::Call::Check : build::Call::Build;
    return options;
}

std::vector<build::Request> PlanPage::requests() const
{
    std::vector<build::Request> requests;
    if (!m_loaded)
        return requests;
    build::Options how = options();
    const bool archives = how.output.kind == build::OutputKind::Archive && how.call == build::Call::Build;
    if (archives && m_file->text().trimmed().isEmpty())
        return requests;
    for (const expand::Job *job : m_model->ticked()) {
        if (archives)
            how.output.file = (std::filesystem::absolute(m_file->text().trimmed().toStdString()) / (job->platformTag + ".tar")).string();
        auto request = build::makeRequest(m_loaded->workspace->root.string(), *job, how);
        if (request)
            requests.push_back(std::move(*request));
    }
    return requests;
}

void PlanPage::updateCommands()
{
    const bool archives = m_output->currentData().toInt() == static_cast<int>(build::OutputKind::Archive);
    m_file->setVisible(archives);
    m_choose->setVisible(archives);
    const std::vector<build::Request> wanted = requests();
    QString text;
    for (std::size_t i = 0; i < std::min(wanted.size(), mostCommands); ++i)
        text += QString::fromStdString(build::shellLines(build::commandLine(wanted[i]))) + QStringLiteral("\n\n");
    if (wanted.size() > mostCommands)
        text += tr("# and %1 more; copying takes all").arg(wanted.size() - mostCommands);
    m_commands->setPlainText(text);
    m_start->setEnabled(!wanted.empty() && m_centre->tool());
    m_start->setText(wanted.size() == 1 ? tr("&Start 1 build") : tr("&Start %1 builds").arg(wanted.size()));
    m_estimate->clear();
    if (wanted.size() != 1)
        return;
    m_centre->estimate(wanted.front(), this, [this](const std::optional<build::Estimate> &estimate) {
        if (estimate)
            m_estimate->setText(tr("Takes about %1, by %2 earlier").arg(shownDuration(estimate->duration)).arg(estimate->runs));
    });
}

void PlanPage::start()
{
    const std::vector<build::Request> wanted = requests();
    if (wanted.empty() || !m_centre->tool())
        return;
    m_centre->add(wanted);
    m_model->tickOnly({});
    Q_EMIT started(static_cast<int>(wanted.size()));
}

} // namespace runner::ui
