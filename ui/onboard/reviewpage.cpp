#include "onboard/reviewpage.h"

#include "diagnostics/problemspane.h"
#include "documents/editortext.h"
#include "editor/codeeditor.h"
#include "matrix/effectmodel.h"
#include "onboard/proposalloader.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPointer>
#include <QSplitter>
#include <QTabWidget>
#include <QThreadPool>
#include <QTreeView>
#include <QVBoxLayout>
#include <QWizard>

namespace runner::ui {

namespace {

constexpr int burstMilliseconds = 300;

Language languageOf(const std::string &file)
{
    if (file.ends_with(".yml") || file.ends_with(".yaml"))
        return Language::Yaml;
    return file.find("Dockerfile") != std::string::npos ? Language::Dockerfile : Language::PlainText;
}

QString sentence(const Problem &problem)
{
    QString text = QString::fromStdString(problem.message) + QLatin1Char('.');
    if (!problem.where.file.empty())
        text.prepend(QString::fromStdString(problem.where.file) + QStringLiteral(": "));
    if (!problem.advice.empty())
        text += QLatin1Char(' ') + QString::fromStdString(problem.advice) + QLatin1Char('.');
    return text;
}

} // namespace

ReviewPage::ReviewPage(workspace::WorkspacePointer centre, std::function<Propose()> propose, QWidget *parent)
    : QWizardPage(parent)
    , m_centre(std::move(centre))
    , m_propose(std::move(propose))
    , m_loader(new ProposalLoader(this))
    , m_images(new EffectModel(this))
    , m_findings(new ProblemModel(this))
    , m_remarks(new ProblemModel(this))
{
    setTitle(tr("Review"));
    setSubTitle(tr("Nothing is written yet. Each file can still be edited here; all of them are written together, or none."));
    setCommitPage(true);
    setButtonText(QWizard::CommitButton, tr("&Apply"));
    m_state = new QLabel;
    m_state->setObjectName(QStringLiteral("reviewState"));
    m_state->setWordWrap(true);
    auto *down = new QSplitter(Qt::Vertical);
    down->addWidget(makeFiles());
    down->addWidget(makeOutcome());
    down->setStretchFactor(0, 3);
    down->setStretchFactor(1, 1);
    down->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridUnit);
    layout->addWidget(m_state);
    layout->addWidget(down, 1);
    m_edits.setSingleShot(true);
    m_edits.setInterval(burstMilliseconds);
    connect(&m_edits, &QTimer::timeout, this, &ReviewPage::takeEdit);
    connect(m_loader, &ProposalLoader::loaded, this, [this](const auto &answered) { takeProposal(*answered); });
}

QWidget *ReviewPage::makeFiles()
{
    m_files = new QListWidget;
    m_files->setObjectName(QStringLiteral("reviewFiles"));
    m_files->setAccessibleName(tr("Files that are written"));
    m_files->setSpacing(gridUnit / 4);
    m_files->setTextElideMode(Qt::ElideMiddle);
    m_files->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_difference = new CodeEditor;
    m_difference->setObjectName(QStringLiteral("reviewDifference"));
    m_difference->setAccessibleName(tr("Changed lines"));
    m_difference->setReadOnly(true);
    m_difference->setLanguage(Language::Difference);
    m_difference->setMarginShown(false);
    m_text = new CodeEditor;
    m_text->setObjectName(QStringLiteral("reviewText"));
    m_text->setAccessibleName(tr("Text of the file"));
    auto *tabs = new QTabWidget;
    tabs->setObjectName(QStringLiteral("reviewTabs"));
    tabs->setDocumentMode(true);
    tabs->addTab(m_difference, tr("&Changes"));
    tabs->addTab(m_text, tr("Te&xt"));
    auto *across = new QSplitter;
    across->addWidget(m_files);
    across->addWidget(tabs);
    across->setStretchFactor(0, 1);
    across->setStretchFactor(1, 3);
    across->setSizes({30 * gridUnit, 90 * gridUnit});
    across->setChildrenCollapsible(false);
    connect(m_files, &QListWidget::currentRowChanged, this, &ReviewPage::showFile);
    connect(m_text, &CodeEditor::edited, this, [this] {
        m_edits.start();
        Q_EMIT completeChanged();
    });
    return across;
}

QWidget *ReviewPage::makeOutcome()
{
    m_imageView = new QTreeView;
    m_imageView->setObjectName(QStringLiteral("reviewImages"));
    m_imageView->setAccessibleName(tr("Images that will exist"));
    m_imageView->setModel(m_images);
    m_imageView->setUniformRowHeights(true);
    m_imageView->header()->setSectionResizeMode(EffectModel::ImageColumn, QHeaderView::Stretch);
    m_imageView->header()->setStretchLastSection(false);
    m_imageView->setColumnWidth(EffectModel::PlatformsColumn, 28 * gridUnit);
    m_outcome = new QTabWidget;
    m_outcome->setObjectName(QStringLiteral("reviewOutcome"));
    m_outcome->setDocumentMode(true);
    m_outcome->addTab(m_imageView, {});
    m_outcome->addTab(new ProblemsPane(m_findings), {});
    m_outcome->addTab(new ProblemsPane(m_remarks), {});
    return m_outcome;
}

void ReviewPage::initializePage()
{
    m_proposal.reset();
    say(tr("Working it out…"), false);
    m_loader->load(m_propose());
}

void ReviewPage::cleanupPage()
{
    m_edits.stop();
    m_loader->cancel();
    m_proposal.reset();
}

bool ReviewPage::isComplete() const
{
    return m_proposal && m_sound && !m_loader->isLoading() && !m_edits.isActive() && !m_applying;
}

void ReviewPage::say(const QString &text, bool error)
{
    QPalette colours = palette();
    if (error)
        colours.setColor(QPalette::WindowText, Theme(palette()).errorText);
    m_state->setPalette(colours);
    m_state->setText(text);
}

void ReviewPage::takeProposal(const onboard::Answered<onboard::Proposal> &answered)
{
    m_sound = answered.has_value();
    if (!answered) {
        say(answered.error().empty() ? tr("It could not be worked out.") : sentence(answered.error().front().problem), true);
        Q_EMIT completeChanged();
        return;
    }
    const bool fresh = !m_proposal;
    m_proposal = *answered;
    if (fresh)
        showFiles();
    else if (const int row = m_files->currentRow(); row >= 0)
        m_difference->setText(toEditorText(onboard::diffOf(m_proposal->files[static_cast<std::size_t>(row)])));
    showOutcome();
    Q_EMIT completeChanged();
}

void ReviewPage::showFiles()
{
    const QSignalBlocker blocker(m_files);
    m_files->clear();
    for (const onboard::ProposedFile &file : m_proposal->files) {
        auto *item =
            new QListWidgetItem(QString::fromStdString(file.file) + (file.before ? QString() : tr(" (new)")), m_files);
        item->setToolTip(item->text());
    }
    m_files->setCurrentRow(0);
    showFile(0);
}

void ReviewPage::showFile(int row)
{
    if (row < 0 || !m_proposal)
        return;
    if (m_edits.isActive()) // What was typed belongs to the file that was shown.
        takeEdit();
    const onboard::ProposedFile &file = m_proposal->files[static_cast<std::size_t>(row)];
    m_difference->setText(toEditorText(onboard::diffOf(file)));
    m_text->setLanguage(languageOf(file.file));
    m_text->setText(toEditorText(file.after));
    m_shown = row;
}

void ReviewPage::showOutcome()
{
    m_images->setEffect(m_proposal->images);
    m_findings->setProblems(m_proposal->findings);
    m_remarks->setProblems(m_proposal->remarks);
    m_outcome->setTabText(0, tr("&Images (%1)").arg(m_proposal->images.size()));
    m_outcome->setTabText(1, tr("&Findings (%1)").arg(m_proposal->findings.size()));
    m_outcome->setTabText(2, tr("&Left to you (%1)").arg(m_proposal->remarks.size()));
    const QString images = m_images->summary() + QLatin1Char('.');
    say(m_proposal->findings.empty() ? images + QLatin1Char(' ') + tr("The checks find nothing.")
                                     : images + QLatin1Char(' ') + tr("The checks find something: see Findings."),
        false);
}

void ReviewPage::takeEdit()
{
    m_edits.stop();
    if (!m_proposal)
        return;
    onboard::ProposedFile &edited = m_proposal->files[static_cast<std::size_t>(m_shown)];
    const bool crlf = edited.after.find("\r\n") != std::string::npos;
    edited.after = toFileText(m_text->text(), crlf ? "\r\n" : "\n"); // Kept, whatever comes of it.
    m_loader->load([centre = m_centre, proposal = *m_proposal, file = edited.file, text = edited.after]() -> onboard::Answered<onboard::Proposal> {
        auto changed = onboard::revised(centre, proposal, file, text);
        if (changed)
            return std::move(*changed);
        return tl::unexpected(onboard::FieldProblems{{{}, changed.error()}});
    });
    Q_EMIT completeChanged();
}

bool ReviewPage::validatePage()
{
    if (m_applied)
        return true;
    m_applying = true;
    say(tr("Writing…"), false);
    Q_EMIT applyStarted();
    Q_EMIT completeChanged();
    QThreadPool::globalInstance()->start([self = QPointer<ReviewPage>(this), root = m_centre->root, proposal = *m_proposal] {
        const auto done = onboard::apply(root, proposal);
        const auto deliver = [self, done] {
            if (self)
                self->finishApply(done);
        };
        QMetaObject::invokeMethod(qApp, deliver, Qt::QueuedConnection);
    });
    return false;
}

void ReviewPage::finishApply(const Result<workspace::ChangeSet> &done)
{
    m_applying = false;
    if (done) {
        m_applied = *done;
        Q_EMIT applyFinished();
        wizard()->next();
        return;
    }
    say(sentence(done.error()), true);
    Q_EMIT applyFailed();
    Q_EMIT completeChanged();
}

} // namespace runner::ui
