#include "onboard/reviewpage.h"

#include "diagnostics/problemspane.h"
#include "diagnostics/problemtext.h"
#include "matrix/effectmodel.h"
#include "onboard/reviewfiles.h"
#include "theme/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QThreadPool>
#include <QTreeView>
#include <QVBoxLayout>
#include <QWizard>

namespace runner::ui {

namespace {

constexpr int burstMilliseconds = 300;

} // namespace

ReviewPage::ReviewPage(workspace::WorkspacePointer centre, std::function<Propose()> propose, QWidget *parent)
    : QWizardPage(parent)
    , m_centre(std::move(centre))
    , m_propose(std::move(propose))
    , m_loader(new ProposalLoader(this))
    , m_files(new ReviewFiles)
    , m_images(new EffectModel(this))
    , m_findings(new ProblemModel(this))
    , m_remarks(new ProblemModel(this))
{
    setTitle(tr("Review"));
    setSubTitle(
        tr("Nothing is written yet. Each file can still be edited here; all of them are written together, or none."));
    setCommitPage(true);
    setButtonText(QWizard::CommitButton, tr("&Apply"));
    setFocusProxy(m_files);
    makeTop();
    auto *down = new QSplitter(Qt::Vertical);
    down->addWidget(m_files);
    down->addWidget(makeOutcome());
    down->setStretchFactor(0, 3);
    down->setStretchFactor(1, 1);
    down->setChildrenCollapsible(false);
    static_cast<QVBoxLayout *>(layout())->addWidget(down, 1);
    m_burst.setSingleShot(true);
    m_burst.setInterval(burstMilliseconds);
    m_settling.setSingleShot(true);
    m_settling.setInterval(2 * QApplication::doubleClickInterval());
    connect(&m_settling, &QTimer::timeout, this, &ReviewPage::completeChanged);
    connect(&m_burst, &QTimer::timeout, this, &ReviewPage::takeEdits);
    connect(m_files, &ReviewFiles::edited, this, [this] {
        m_burst.start();
        Q_EMIT completeChanged();
    });
    connect(m_loader, &ProposalLoader::loaded, this, [this](const auto &result) { take(*result); });
}

void ReviewPage::makeTop()
{
    m_state = new QLabel;
    m_state->setObjectName(QStringLiteral("reviewState"));
    m_state->setWordWrap(true);
    m_readAgain = new QPushButton(tr("&Read the files again"));
    m_readAgain->setObjectName(QStringLiteral("reviewReadAgain"));
    m_readAgain->setAutoDefault(false);
    m_readAgain->setToolTip(tr("The answers stay, and what was edited here"));
    m_readAgain->hide();
    m_notice = new QLabel;
    m_notice->setObjectName(QStringLiteral("reviewNotice"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->hide();
    auto *across = new QHBoxLayout;
    across->setSpacing(gridUnit);
    across->addWidget(m_state, 1);
    across->addWidget(m_readAgain, 0, Qt::AlignTop);
    auto *down = new QVBoxLayout(this);
    down->setSpacing(gridUnit);
    down->addLayout(across);
    down->addWidget(m_notice);
    connect(m_readAgain, &QPushButton::clicked, this, &ReviewPage::initializePage);
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
    for (ProblemModel *model : {m_findings, m_remarks}) {
        auto *pane = new ProblemsPane(model);
        m_outcome->addTab(pane, {});
        connect(pane, &ProblemsPane::activated, this, [this, model](const QModelIndex &index) {
            m_files->reveal(model->problems()[static_cast<std::size_t>(index.row())].where);
        });
    }
    return m_outcome;
}

void ReviewPage::initializePage()
{
    m_burst.stop();
    m_proposal.reset();
    m_readAgain->hide();
    m_settling.start();
    say(tr("Working it out…"), false);
    m_loader->load(m_centre->root, m_propose());
    Q_EMIT completeChanged();
}

void ReviewPage::cleanupPage()
{
    m_burst.stop();
    m_loader->cancel();
    m_proposal.reset();
}

bool ReviewPage::isComplete() const
{
    return m_proposal && m_sound && !m_loader->isLoading() && !m_burst.isActive() && !m_settling.isActive()
           && !m_applying;
}

void ReviewPage::say(const QString &text, bool error)
{
    m_wrong = error;
    m_state->setText(text);
    colour();
}

void ReviewPage::colour()
{
    const Theme theme(palette());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, theme.warningText);
    m_notice->setPalette(colours);
    colours.setColor(QPalette::WindowText, m_wrong ? theme.errorText : palette().color(QPalette::WindowText));
    m_state->setPalette(colours);
}

/// The palette may be another one by now.
void ReviewPage::changeEvent(QEvent *event)
{
    QWizardPage::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_notice)
        colour();
}

/// \a whatToDo instead of the problem's own advice.
void ReviewPage::fail(const Problem &problem, const QString &whatToDo)
{
    Problem told = problem;
    if (!whatToDo.isEmpty())
        told.advice = whatToDo.toStdString();
    say(sentencesWithPlace(told), true);
    m_readAgain->setVisible(true);
}

void ReviewPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QWizardPage::keyPressEvent(event);
}

void ReviewPage::tell(const QStringList &sentences)
{
    m_notice->setText(sentences.join(QLatin1Char('\n')));
    m_notice->setVisible(!sentences.isEmpty());
}

void ReviewPage::take(const WorkedOut &result)
{
    const bool fresh = !m_proposal;
    m_sound = result.proposal.has_value();
    if (result.centre && result.centre != m_centre) {
        m_centre = result.centre;
        Q_EMIT centreRead(m_centre);
    }
    if (!m_sound)
        clearOutcome();
    if (m_sound)
        takeProposal(*result.proposal);
    else if (const Problem problem = result.proposal.error().front().problem; !fresh)
        say(sentencesWithPlace(problem), true); // An edit is wrong.
    else
        fail(problem, result.centre ? tr("Go back to correct the answers, or put the files right and read them again")
                                    : QString());
    Q_EMIT completeChanged();
}

void ReviewPage::takeProposal(const onboard::Proposal &proposal)
{
    const bool fresh = !m_proposal;
    m_proposal = proposal;
    if (fresh)
        tell(m_files->setProposal(*m_proposal));
    if (fresh && m_files->isEdited()) {
        takeEdits();
        return;
    }
    m_files->showDifference();
    showOutcome();
}

void ReviewPage::showOutcome()
{
    m_images->setEffect(m_proposal->images);
    m_findings->setProblems(m_proposal->findings);
    m_remarks->setProblems(m_proposal->remarks);
    m_outcome->setEnabled(true);
    m_outcome->setTabText(0, tr("&Images (%1)").arg(m_proposal->images.size()));
    m_outcome->setTabText(1, tr("&Findings (%1)").arg(m_proposal->findings.size()));
    m_outcome->setTabText(2, tr("&Left to you (%1)").arg(m_proposal->remarks.size()));
    const QString images = m_images->summary() + QLatin1Char('.');
    say(m_proposal->findings.empty() ? images + QLatin1Char(' ') + tr("The checks find nothing.")
                                     : images + QLatin1Char(' ') + tr("The checks find something: see Findings."),
        false);
}

/// What the lists say is of texts that are there no more.
void ReviewPage::clearOutcome()
{
    m_outcome->setEnabled(false);
    m_outcome->setTabText(0, tr("&Images"));
    m_outcome->setTabText(1, tr("&Findings"));
    m_outcome->setTabText(2, tr("&Left to you"));
    m_images->setEffect({});
    m_findings->setProblems({});
    m_remarks->setProblems({});
}

/// What is edited is kept, whatever comes of it.
void ReviewPage::takeEdits()
{
    m_burst.stop();
    if (!m_proposal)
        return;
    m_proposal->files = m_files->files();
    m_loader->load(
        m_centre,
        [proposal = *m_proposal](const workspace::WorkspacePointer &centre) -> onboard::Answered<onboard::Proposal> {
            const onboard::ProposedFile &any = proposal.files.front();
            auto changed = onboard::revised(centre, proposal, any.file, any.after);
            if (changed)
                return std::move(*changed);
            return tl::unexpected(onboard::FieldProblems{{{}, changed.error()}});
        });
    Q_EMIT completeChanged();
}

/// The checks may be right, or the contributor may know better.
bool ReviewPage::asksForMistakes()
{
    const Problems errors = onboard::errorsIn(m_proposal->findings);
    if (errors.empty())
        return true;
    QMessageBox box(
        QMessageBox::Warning, wizard()->windowTitle(),
        (errors.size() == 1
             ? tr("The checks find an error in what would be written. Write it all the same?")
             : tr("The checks find %1 errors in what would be written. Write it all the same?").arg(errors.size())),
        QMessageBox::Cancel, this);
    box.setObjectName(QStringLiteral("reviewMistakes"));
    box.setInformativeText(sentencesWithPlace(errors.front()));
    QPushButton *write = box.addButton(tr("&Write it"), QMessageBox::DestructiveRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == write;
}

bool ReviewPage::validatePage()
{
    if (m_applied)
        return true;
    if (!asksForMistakes())
        return false;
    m_applying = true;
    m_readAgain->hide();
    say(tr("Writing…"), false);
    Q_EMIT applyStarted();
    Q_EMIT completeChanged();
    QThreadPool::globalInstance()->start(
        [self = QPointer<ReviewPage>(this), root = m_centre->root, proposal = *m_proposal] {
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
    const bool stale = done.error().id == "changeset-stale" || done.error().id == "onboard-folder-there";
    fail(done.error(), stale ? tr("Read the files again: the answers stay, and what was edited here") : QString());
    Q_EMIT applyFailed();
    Q_EMIT completeChanged();
}

} // namespace runner::ui
