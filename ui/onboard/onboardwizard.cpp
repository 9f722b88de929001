#include "onboard/onboardwizard.h"

#include "onboard/answerskeeper.h"
#include "onboard/backendpages.h"
#include "onboard/keptanswers.h"
#include "onboard/nextpage.h"
#include "onboard/servicepages.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QDateTime>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int widestAnswers = 120 * gridUnit;

template <typename Answers>
onboard::FieldProblems everythingWrong(const workspace::Workspace &centre, const Answers &answers)
{
    onboard::FieldProblems problems = onboard::validate(centre, answers);
    const onboard::FieldProblems folders = onboard::unwritable(centre, answers);
    problems.insert(problems.end(), folders.begin(), folders.end());
    return problems;
}

} // namespace

OnboardWizard::OnboardWizard(workspace::WorkspacePointer centre, const std::string &kind, QWidget *parent)
    : QWizard(parent)
    , m_centre(std::move(centre))
    , m_keeper(new AnswersKeeper(
          m_centre->root, kind, [this] { return kept(); }, this))
{
    setWizardStyle(QWizard::ModernStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    setOption(QWizard::NoBackButtonOnLastPage);
    setOption(QWizard::NoCancelButtonOnLastPage);
    resize(QSize(120 * gridUnit, 88 * gridUnit).boundedTo(screen()->availableSize()));
}

void OnboardWizard::watch(AnswersPage *page)
{
    m_pages.push_back(page);
    makeScrollable(*page, widestAnswers);
    addPage(page);
    connect(page, &AnswersPage::answersChanged, this, &OnboardWizard::answered);
}

void OnboardWizard::addReview()
{
    m_review = new ReviewPage(m_centre, [this] { return proposer(); });
    m_next = new NextPage(m_centre->root);
    for (QWizardPage *page : std::initializer_list<QWizardPage *>{m_review, m_next}) {
        makeScrollable(*page);
        addPage(page);
    }
    connect(m_review, &ReviewPage::centreRead, this, &OnboardWizard::setCentre);
    connect(m_review, &ReviewPage::applyStarted, this, &OnboardWizard::applyStarted);
    connect(m_review, &ReviewPage::applyFailed, this, &OnboardWizard::applyFailed);
    connect(m_review, &ReviewPage::applyFinished, this, [this] {
        m_keeper->forget();
        m_next->setProposal(*m_review->proposal());
        Q_EMIT applied(QString::fromStdString(m_review->proposal()->title), *m_review->applied());
    });
    connect(m_next, &NextPage::takeBackRequested, this, &OnboardWizard::takeBackRequested);
    connect(this, &QWizard::currentIdChanged, this, [this] {
        if (currentPage() == m_next)
            button(QWizard::FinishButton)->setFocus(); // A key that is hit too often takes nothing back,
        else if (currentPage() == m_review)
            m_review->setFocus(); // nor does it write what nobody has looked at.
    });
    connect(m_next, &NextPage::correctRequested, this, &OnboardWizard::correct);
    check();
    m_answered = false;
}

void OnboardWizard::setTakenBack(const QString &problem)
{
    if (problem.isEmpty()) {
        m_review->setTakenBack();
        m_keeper->keep(); // The wizard may be gone with the next click.
    }
    m_next->setTakenBack(problem);
}

/// The files are as they were, so the first page is where one comes in again.
void OnboardWizard::correct()
{
    while (currentId() != startId())
        back();
}

void OnboardWizard::setCentre(const workspace::WorkspacePointer &centre)
{
    m_centre = centre;
    for (AnswersPage *page : m_pages)
        page->setCentre(*centre);
    check();
}

void OnboardWizard::check()
{
    const onboard::FieldProblems found = problems();
    for (AnswersPage *page : m_pages)
        page->setProblems(found);
}

void OnboardWizard::answered()
{
    m_answered = true;
    check();
    if (m_review) // Else the pages are only being made.
        m_keeper->keepSoon();
}

/// Nothing is lost by a key that is hit too often: what is kept or goes on is the default.
bool OnboardWizard::mayGo()
{
    if (m_leaving)
        return true;
    if (m_review->isApplying()) // It takes a moment, and its end has to be heard.
        return false;
    const auto mayEnd = [this](const QString &question) {
        return QMessageBox::question(this, windowTitle(), question, QMessageBox::Yes | QMessageBox::No, QMessageBox::No)
               == QMessageBox::Yes;
    };
    if (m_next->isRunning())
        return mayEnd(tr("Stop what is running, and close?"));
    return m_review->applied() || !m_answered || mayEnd(tr("Close, and forget the answers?"));
}

void OnboardWizard::reject()
{
    if (!mayGo())
        return;
    if (!m_leaving && m_answered)
        m_keeper->forget();
    QWizard::reject();
}

void OnboardWizard::leave()
{
    m_leaving = true;
    m_keeper->flush();
}

void OnboardWizard::offerKept()
{
    const auto found = m_keeper->found();
    if (!found)
        return;
    const QString when =
        QLocale().toString(QDateTime::fromSecsSinceEpoch(found->secondsSinceEpoch), QLocale::ShortFormat);
    auto *box = new QMessageBox(QMessageBox::Question, windowTitle(),
                                tr("The answers of %1 were never applied. Go on with them?").arg(when),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("keptAnswers"));
    box->setInformativeText(tr("What was edited in the review is not among them. Esc leaves them for later."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *goOn = box->addButton(tr("&Go on with them"), QMessageBox::AcceptRole);
    QPushButton *forget = box->addButton(tr("&Forget them"), QMessageBox::DestructiveRole);
    goOn->setObjectName(QStringLiteral("keptGoOn"));
    forget->setObjectName(QStringLiteral("keptForget"));
    box->setEscapeButton(box->addButton(tr("&Later"), QMessageBox::RejectRole));
    box->setDefaultButton(goOn);
    connect(goOn, &QPushButton::clicked, this, [this, kept = *found] { goOnWith(kept); });
    connect(forget, &QPushButton::clicked, this, [this, kept = *found] { m_keeper->forget(kept); });
    box->open();
}

void OnboardWizard::goOnWith(const text::RecoveredText &found)
{
    fillIn(found.text);
    m_keeper->takeOver(found);
}

bool OnboardWizard::validateCurrentPage()
{
    const bool last = currentPage() == m_pages.back();
    auto *answers = qobject_cast<AnswersPage *>(currentPage());
    if (last || (answers && !answers->validatePage()))
        check(); // The disk may have changed since the last answer: what was wrong may have been put right.
    if (!QWizard::validateCurrentPage())
        return false;
    if (!last)
        return true;
    const auto wrong =
        std::find_if(m_pages.begin(), m_pages.end(), [](AnswersPage *page) { return !page->validatePage(); });
    if (wrong == m_pages.end())
        return true;
    while (currentPage() != *wrong)
        back();
    return (*wrong)->validatePage(); // Now that it is shown, with the cursor where the error is.
}

BackendWizard::BackendWizard(workspace::WorkspacePointer centrePointer, QWidget *parent)
    : OnboardWizard(std::move(centrePointer), "backend", parent)
    , m_identity(new BackendIdentityPage(*centre()))
    , m_runtime(new BackendRuntimePage(*centre()))
    , m_details(new BackendDetailsPage(*centre()))
{
    setObjectName(QStringLiteral("backendWizard"));
    setWindowTitle(tr("Onboard a backend"));
    add(m_identity);
    add(m_runtime);
    auto *services = new BackendServicesPage(*centre());
    add(services);
    add(m_details);
    connect(m_identity, &BackendIdentityPage::modelChosen, this, &BackendWizard::beginLike);
    connect(m_identity, &AnswersPage::answersChanged, this, &BackendWizard::followIdentifier);
    connect(services, &AnswersPage::answersChanged, m_details, [this] { m_details->setNames(answers()); });
    addReview();
}

void BackendWizard::add(BackendPage *page)
{
    m_questions.push_back(page);
    watch(page);
}

/// What the model before has given makes way; what was typed stays.
void BackendWizard::beginLike()
{
    const std::string model = m_identity->model();
    const onboard::BackendAnswers typed = answers();
    const std::string id = isPlainIdentifier(typed.id) ? typed.id : std::string();
    const onboard::BackendAnswers given =
        model.empty() ? onboard::BackendAnswers() : onboard::answersLike(*centre(), model, id);
    const std::string family = !id.empty() ? id : !model.empty() ? model : m_family;
    onboard::TakenOver taken = onboard::takenOver(onboard::renamedAfter(typed, m_family, family),
                                                  onboard::renamedAfter(m_given, m_family, family), given);
    m_given = std::move(taken.given);
    m_family = family;
    fillAll(taken.answers);
    m_identity->tellLeftOut(model.empty() ? std::vector<std::string>() : onboard::argumentsLeftOut(*centre(), model));
}

/// But the first page, whose answers no model gives.
void BackendWizard::fillAll(const onboard::BackendAnswers &answers)
{
    for (BackendPage *page : m_questions) {
        if (page != m_identity)
            page->fill(answers);
    }
}

/// What is named after the identifier is so whenever it comes, and however often it changes.
void BackendWizard::followIdentifier()
{
    const onboard::BackendAnswers given = answers();
    if (!isPlainIdentifier(given.id) || given.id == m_family)
        return;
    const onboard::BackendAnswers renamed = onboard::renamedAfter(given, m_family, given.id);
    m_given = onboard::renamedAfter(std::move(m_given), m_family, given.id);
    m_family = given.id;
    if (renamed != given)
        fillAll(renamed);
    m_runtime->setBackend(given.id);
    m_details->setNames(given);
}

onboard::BackendAnswers BackendWizard::answers() const
{
    onboard::BackendAnswers collected;
    for (const BackendPage *page : m_questions)
        page->collect(collected);
    return collected;
}

onboard::FieldProblems BackendWizard::problems() const
{
    return everythingWrong(*centre(), answers());
}

ReviewPage::Propose BackendWizard::proposer() const
{
    return [given = answers()](const workspace::WorkspacePointer &pointer) { return onboard::propose(pointer, given); };
}

std::string BackendWizard::kept() const
{
    return onboard::keptText(answers());
}

/// The first page comes first: what the others suggest is named after it.
void BackendWizard::fillIn(const std::string &text)
{
    const auto given = onboard::keptBackend(text);
    for (BackendPage *page : m_questions) {
        if (given)
            page->fill(*given);
    }
}

ServiceWizard::ServiceWizard(workspace::WorkspacePointer centrePointer, QWidget *parent)
    : OnboardWizard(std::move(centrePointer), "service", parent)
{
    setObjectName(QStringLiteral("serviceWizard"));
    setWindowTitle(tr("Onboard a service"));
    auto *identity = new ServiceIdentityPage;
    add(identity);
    auto *targets = new ServiceTargetsPage(*centre());
    add(targets);
    auto *arguments = new ServiceArgumentsPage;
    add(arguments);
    const auto adapt = [this, targets, arguments] {
        const onboard::ServiceAnswer service = answers().service;
        targets->setOwnStages(service.installation == onboard::Installation::OwnStages);
        targets->setService(service.id);
        arguments->setService(service.id);
    };
    connect(identity, &AnswersPage::answersChanged, arguments, adapt);
    adapt();
    addReview();
}

void ServiceWizard::add(ServicePage *page)
{
    m_questions.push_back(page);
    watch(page);
}

onboard::ServiceAnswers ServiceWizard::answers() const
{
    onboard::ServiceAnswers collected;
    for (const ServicePage *page : m_questions)
        page->collect(collected);
    return collected;
}

onboard::FieldProblems ServiceWizard::problems() const
{
    return everythingWrong(*centre(), answers());
}

ReviewPage::Propose ServiceWizard::proposer() const
{
    return [given = answers()](const workspace::WorkspacePointer &pointer) { return onboard::propose(pointer, given); };
}

std::string ServiceWizard::kept() const
{
    return onboard::keptText(answers());
}

void ServiceWizard::fillIn(const std::string &text)
{
    const auto given = onboard::keptService(text);
    for (ServicePage *page : m_questions) {
        if (given)
            page->fill(*given);
    }
}

} // namespace runner::ui
