#include "builds/buildpage.h"

#include "build/history.h"
#include "builds/buildwords.h"
#include "builds/followedbuild.h"
#include "builds/steptreemodel.h"
#include "builds/timeline.h"
#include "log/logpane.h"
#include "log/logview.h"
#include "place/elidedlabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTimer>
#include <QTreeView>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int refreshMilliseconds = 100;
constexpr int stateWidth = 14 * gridUnit; ///< Of the columns beside a step's name.
constexpr int signWidth = 5 * gridUnit;
constexpr int timeWidth = 11 * gridUnit;
constexpr int leastName = 20 * gridUnit;

} // namespace

BuildPage::BuildPage(BuildCentre *centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
{
    setObjectName(QStringLiteral("buildPage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    setUpHeader();
    setUpSteps();
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshMilliseconds);
    connect(&m_refresh, &QTimer::timeout, this, &BuildPage::refreshLive);
    connect(m_centre, &BuildCentre::news, this, &BuildPage::onNews);
    connect(m_log, &LogPane::statusMessage, this, &BuildPage::statusMessage);
    connect(m_log->view(), &LogView::unclippedRequested, this, [this] {
        if (m_record)
            Q_EMIT unclippedRequested(m_record->request);
    });
}

BuildPage::~BuildPage()
{
    stopReading();
    m_tree->selectionModel()->disconnect(this);
}

void BuildPage::setUpHeader()
{
    auto *header = new QWidget;
    auto *down = new QVBoxLayout(header);
    down->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit / 2);
    down->setSpacing(gridUnit / 2);
    auto *across = new QHBoxLayout;
    m_title = new ElidedLabel(Qt::ElideMiddle); // The tag's end tells the versions.
    m_title->setObjectName(QStringLiteral("buildTitle"));
    m_title->setFont(headingFont(font()));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_cancel = new QPushButton(tr("&Cancel"));
    m_cancel->setObjectName(QStringLiteral("buildCancel"));
    m_retry = new QPushButton(tr("Build a&gain"));
    m_retry->setObjectName(QStringLiteral("buildRetry"));
    m_retry->setToolTip(tr("Put the same build in the queue once more"));
    across->addWidget(m_title, 1);
    across->addWidget(m_cancel);
    across->addWidget(m_retry);
    down->addLayout(across);
    down->addWidget(makeSummary());
    layout()->addWidget(header);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (const build::QueueItem *item = m_centre->itemOf(build()))
            m_centre->cancel(item->id);
        else
            m_centre->requestCancel(build());
    });
    connect(m_retry, &QPushButton::clicked, this, [this] {
        if (!m_record)
            return;
        Q_EMIT startedAgain();
        m_centre->add(m_record->request);
    });
}

QScrollArea *BuildPage::makeSummary()
{
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("buildSummary"));
    m_summary->setTextFormat(Qt::RichText);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_summary->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Ignored); // Its height is that of its text in its width.
    policy.setHeightForWidth(true);
    m_summary->setSizePolicy(policy);
    m_summaryArea = new QScrollArea;
    m_summaryArea->setObjectName(QStringLiteral("buildSummaryArea"));
    m_summaryArea->setFrameShape(QFrame::NoFrame);
    m_summaryArea->setFocusPolicy(Qt::NoFocus); // Its links have the focus.
    m_summaryArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_summaryArea->setWidgetResizable(true);
    m_summaryArea->setWidget(m_summary);
    m_summaryArea->viewport()->setAutoFillBackground(false);
    m_summary->setAutoFillBackground(false);
    m_summaryArea->installEventFilter(this);
    connect(m_summary, &QLabel::linkActivated, this, &BuildPage::onLink);
    return m_summaryArea;
}

void BuildPage::setUpSteps()
{
    m_model = new StepTreeModel(this);
    setUpTree();
    m_timeline = new Timeline;
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("buildTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_tree, tr("Steps"));
    m_tabs->addTab(m_timeline, tr("Timeline"));
    m_log = new LogPane;
    m_across = new QSplitter(Qt::Horizontal);
    m_across->setObjectName(QStringLiteral("buildAcross"));
    m_across->setChildrenCollapsible(false);
    m_across->setHandleWidth(gridUnit / 2);
    m_across->addWidget(m_tabs);
    m_across->addWidget(m_log);
    m_across->setStretchFactor(0, 1); // The steps' names are long.
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({46 * gridUnit, 60 * gridUnit});
    static_cast<QVBoxLayout *>(layout())->addWidget(m_across, 1);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &BuildPage::onTreeChanged);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_filling && m_step && !m_tree->selectionModel()->hasSelection())
            showStep({});
    });
    connect(m_timeline, &Timeline::stepChosen, this, [this](int step) { showStep(static_cast<std::size_t>(step)); });
}

void BuildPage::setUpTree()
{
    m_tree = new QTreeView;
    m_tree->setObjectName(QStringLiteral("buildSteps"));
    m_tree->setAccessibleName(tr("Steps"));
    m_tree->setModel(m_model);
    connect(m_model, &StepTreeModel::modelReset, m_tree, &QTreeView::expandAll);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(2 * gridUnit);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(StepTreeModel::NameColumn, QHeaderView::Stretch);
    m_tree->header()->setMinimumSectionSize(4 * gridUnit);
    m_tree->viewport()->installEventFilter(this);
    fitColumns();
}

/// Where room is short, names are worth more than times, and a state's sign says what its word does.
void BuildPage::fitColumns()
{
    const int spare = m_tree->viewport()->width() - leastName;
    const bool narrow = spare < stateWidth + timeWidth;
    m_tree->setColumnHidden(StepTreeModel::TimeColumn, narrow);
    m_tree->setColumnWidth(StepTreeModel::TimeColumn, timeWidth);
    m_tree->setColumnWidth(StepTreeModel::StateColumn, narrow && spare < stateWidth ? signWidth : stateWidth);
}

/// As high as what it says, but for a third of the page.
void BuildPage::fitSummary()
{
    constexpr int leastLines = 3;
    const int needed =
        std::max(0, m_summary->heightForWidth(m_summaryArea->viewport()->width())); // -1: without a text.
    const int most = std::max(height() / 3, leastLines * m_summary->fontMetrics().lineSpacing());
    m_summaryArea->setFixedHeight(std::min(needed, most));
}

bool BuildPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_summaryArea)
        fitSummary();
    if (event->type() == QEvent::Resize && watched == m_tree->viewport())
        fitColumns();
    return QWidget::eventFilter(watched, event);
}

void BuildPage::clear()
{
    stopReading();
    m_record.reset();
    m_recording.reset();
    m_logData.reset();
    m_followed.reset();
}

void BuildPage::show(const build::BuildRecord &record)
{
    clear();
    m_record = record;
    m_step.reset();
    m_miss.clear();
    m_estimate.clear();
    m_expected.clear();
    setSteps(build::Steps(), true);
    m_log->setSource({}, QString());
    m_log->setFileName(QString::fromStdString(record.request.platformTag) + QStringLiteral(".log"));
    const build::QueueItem *item = m_centre->itemOf(record.id);
    const auto recording = item ? m_centre->recordingOf(item->id) : nullptr;
    showSummary();
    if (recording)
        showLive(recording);
    else if (!record.isRunning())
        openFinished();
    else if (!item)
        showOthers();
    else // It has just begun: update() brings the rest.
        QMetaObject::invokeMethod(this, &BuildPage::loaded, Qt::QueuedConnection);
    askForEstimates();
    explainCache();
}

void BuildPage::update(const build::BuildRecord &record)
{
    if (record.id != build())
        return;
    const bool hasEnded = m_record->isRunning() && !record.isRunning();
    if (hasEnded)
        guardRetry();
    m_record = record;
    const build::QueueItem *item = m_centre->itemOf(record.id);
    const auto recording = item ? m_centre->recordingOf(item->id) : nullptr;
    if (recording && (!m_recording || m_followed)) {
        m_followed.reset();
        showLive(recording);
    }
    if (hasEnded && m_recording && !m_followed) {
        refreshLive();
        showStep(m_step);
        showCause();
        explainCache();
    } else if (hasEnded) { // Another console has run it.
        m_recording.reset();
        openFinished();
        explainCache();
    }
    showSummary();
}

/// It stands where Cancel stood: a click that was meant for that does not start the build again.
void BuildPage::guardRetry()
{
    m_retry->setEnabled(false);
    QTimer::singleShot(2 * QApplication::doubleClickInterval(), m_retry, [this] { m_retry->setEnabled(true); });
}

void BuildPage::showLive(const std::shared_ptr<const build::Recording> &recording)
{
    m_recording = recording;
    m_logData = recording->log();
    setSteps(recording->steps(), true);
    showStep({});
    if (!m_record->isRunning())
        showCause();
    showSummary();
    Q_EMIT loaded();
}

void BuildPage::onNews(qint64 item)
{
    const build::QueueItem *known = m_centre->itemOf(build());
    if (m_record && known && known->id == item && !m_followed)
        onMore();
}

void BuildPage::onMore()
{
    if (!m_record || !m_recording)
        return;
    m_log->contentChanged();
    if (!m_refresh.isActive())
        m_refresh.start();
}

void BuildPage::refreshLive()
{
    if (!m_recording)
        return;
    setSteps(m_recording->steps(), false);
    showSummary();
}

void BuildPage::setSteps(const build::Steps &steps, bool fresh)
{
    m_filling = true;
    m_stepData = steps;
    const int groups = m_model->rowCount();
    const bool chosen = m_tree->currentIndex().isValid();
    m_model->setSteps(steps, build::currentTime(), fresh);
    if (fresh || m_model->rowCount() != groups)
        m_tree->expandAll();
    if (chosen && !fresh && m_step && !m_tree->currentIndex().isValid()) // The rows stand in another order now.
        m_tree->setCurrentIndex(m_model->indexOf(*m_step));
    m_timeline->setSteps(steps.steps(), build::currentTime());
    m_filling = false;
}

QString BuildPage::stepTitle() const
{
    if (!m_step)
        return tr("All steps");
    return QString::fromStdString(m_stepData.steps()[*m_step].name).simplified();
}

void BuildPage::showStep(std::optional<std::size_t> step)
{
    if (step && *step >= m_stepData.steps().size())
        step.reset();
    m_step = step;
    const bool live = m_record && m_record->isRunning() && m_recording;
    LogSource::Unfinished unfinished;
    if (live && step)
        unfinished = [recording = m_recording, step = *step] { return recording->unfinishedLine(step); };
    m_log->setSource({m_logData, step, live, unfinished}, stepTitle());
    m_timeline->setCurrent(step.value_or(build::Steps::noStep));
    if (step && !m_filling) {
        m_filling = true;
        m_tree->setCurrentIndex(m_model->indexOf(*step));
        m_filling = false;
    }
}

/// A stage shows the log of all steps.
void BuildPage::onTreeChanged(const QModelIndex &index)
{
    if (m_filling || !index.isValid())
        return;
    const int step = index.data(StepTreeModel::StepRole).toInt();
    m_filling = true;
    if (step > 0)
        showStep(static_cast<std::size_t>(step));
    else if (m_step)
        showStep({});
    m_filling = false;
}

/// A failed build opens at what made it fail: the log of the failed step, at its first line that tells of an error.
void BuildPage::showCause()
{
    if (!m_record || m_record->outcome != build::Outcome::Failed)
        return;
    const std::size_t failed = m_stepData.failedStep();
    if (failed == build::Steps::noStep)
        return;
    showStep(failed);
    if (m_log->view()->rows() > static_cast<std::uint64_t>(m_log->view()->visibleRows()))
        m_log->firstError();
}

void BuildPage::onLink(const QString &link)
{
    const QUrl url(link);
    if (url.scheme() == QLatin1String("step"))
        showStep(static_cast<std::size_t>(url.path().toULongLong()));
    else if (url.scheme() == QLatin1String("place"))
        Q_EMIT revealRequested({url.path().toStdString(), url.fragment().toInt(), 0});
}

} // namespace runner::ui
