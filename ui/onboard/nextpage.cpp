#include "onboard/nextpage.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTime>
#include <QVBoxLayout>

namespace runner::ui {

namespace {

constexpr int mostLines = 20000;
constexpr int clockMilliseconds = 500;

QString line(const std::vector<std::string> &command)
{
    QStringList words;
    for (const std::string &word : command)
        words << QString::fromStdString(word);
    return words.join(QLatin1Char(' '));
}

/// Control characters are data: they neither colour nor move anything here.
QString shown(std::string_view bytes)
{
    QString text = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    text.remove(QLatin1Char('\r'));
    for (QChar &character : text) {
        if (character.unicode() < 0x20 && character != u'\n' && character != u'\t')
            character = QChar(0x2400 + character.unicode());
    }
    return text;
}

} // namespace

NextPage::NextPage(std::filesystem::path root, QWidget *parent)
    : QWizardPage(parent)
    , m_root(std::move(root))
    , m_written(new QLabel)
    , m_takeBack(new QPushButton(tr("Take it &back")))
    , m_correct(new QPushButton(tr("&Correct the answers")))
    , m_stepsPlace(new QVBoxLayout)
    , m_state(new QLabel)
    , m_busy(new QProgressBar)
    , m_stop(new QPushButton(tr("&Stop")))
    , m_output(new QPlainTextEdit)
{
    setTitle(tr("What to do next"));
    tellWritten();
    setUpTop();
    m_state->setObjectName(QStringLiteral("nextState"));
    m_state->setWordWrap(true);
    m_busy->setObjectName(QStringLiteral("nextBusy"));
    m_busy->setRange(0, 0); // Nobody knows how long it takes.
    m_busy->setTextVisible(false);
    m_busy->setFixedWidth(20 * gridUnit);
    m_stop->setObjectName(QStringLiteral("nextStop"));
    m_stop->setAutoDefault(false);
    setUpOutput();
    layOut();
    setRunning(false);
    m_clock.setInterval(clockMilliseconds);
    connect(&m_clock, &QTimer::timeout, this, &NextPage::tick);
    connect(m_stop, &QPushButton::clicked, this, &NextPage::stop);
}

void NextPage::tellWritten()
{
    const std::size_t findings = m_proposal.findings.size();
    setSubTitle(
        findings == 0
            ? tr("The files are written. These show that what they describe can be built.")
            : tr("The files are written, with %1 findings of the checks: the window's list of problems has them.")
                  .arg(findings));
    m_written->setText(tr("Written: %1.").arg(m_files));
}

void NextPage::setUpTop()
{
    m_written->setObjectName(QStringLiteral("nextWritten"));
    m_written->setWordWrap(true);
    m_takeBack->setObjectName(QStringLiteral("takeBack"));
    m_correct->setObjectName(QStringLiteral("correctAnswers"));
    for (QPushButton *button : {m_takeBack, m_correct})
        button->setAutoDefault(false); // Return ends the wizard; it takes nothing back.
    connect(m_takeBack, &QPushButton::clicked, this, &NextPage::takeBackRequested);
    connect(m_correct, &QPushButton::clicked, this, &NextPage::correctRequested);
}

void NextPage::setUpOutput()
{
    m_output->setObjectName(QStringLiteral("nextOutput"));
    m_output->setAccessibleName(tr("Output"));
    m_output->setReadOnly(true);
    m_output->setUndoRedoEnabled(false);
    m_output->setMaximumBlockCount(mostLines);
    m_output->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_output->setFont(codeFont(font()));
    m_output->hide();
}

void NextPage::layOut()
{
    auto *top = new QHBoxLayout;
    top->addWidget(m_written, 1);
    top->addWidget(m_takeBack, 0, Qt::AlignTop);
    top->addWidget(m_correct, 0, Qt::AlignTop);
    auto *running = new QHBoxLayout;
    running->setSpacing(gridUnit);
    running->addWidget(m_state, 1);
    running->addWidget(m_busy);
    running->addWidget(m_stop);
    auto *down = new QVBoxLayout(this);
    down->setSpacing(2 * gridUnit);
    down->addLayout(top);
    down->addLayout(m_stepsPlace);
    down->addLayout(running);
    down->addWidget(m_output, 1);
    down->addStretch(0);
}

NextPage::~NextPage() = default;

void NextPage::setProposal(const onboard::Proposal &proposal)
{
    m_proposal = proposal;
    QStringList files;
    for (const onboard::ProposedFile &file : proposal.files)
        files << QString::fromStdString(file.file);
    m_files = files.join(QStringLiteral(", "));
    tellWritten();
    m_takeBack->show();
    m_correct->hide();
    m_state->clear();
    m_output->hide();
    m_buttons.clear();
    delete m_steps; // Of what was taken back.
    m_steps = new QWidget;
    auto *down = new QVBoxLayout(m_steps);
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(2 * gridUnit);
    for (std::size_t i = 0; i < proposal.next.size(); ++i)
        down->addLayout(makeStep(i));
    m_stepsPlace->addWidget(m_steps);
    setButtonsEnabled(true);
}

QLayout *NextPage::makeStep(std::size_t number)
{
    const onboard::NextStep &step = m_proposal.next[number];
    auto *text = new QLabel(QString::fromStdString(step.text) + QLatin1Char('.'));
    text->setWordWrap(true);
    auto *command = new QLabel(line(step.command));
    command->setFont(codeFont(font()));
    command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    command->setWordWrap(true);
    auto *button = new QPushButton(step.kind == onboard::NextStep::Kind::Rehearse ? tr("&Rehearse")
                                   : step.kind == onboard::NextStep::Kind::DryRun ? tr("&Dry run")
                                                                                  : tr("B&uild"));
    button->setObjectName(QStringLiteral("nextStep%1").arg(number));
    button->setAutoDefault(false);
    auto *words = new QVBoxLayout;
    words->setSpacing(gridUnit / 2);
    words->addWidget(text);
    words->addWidget(command);
    auto *across = new QHBoxLayout;
    across->addLayout(words, 1);
    across->addWidget(button, 0, Qt::AlignTop);
    m_buttons << button;
    connect(button, &QPushButton::clicked, this, [this, number] { run(number); });
    return across;
}

void NextPage::run(std::size_t number)
{
    m_output->clear();
    m_output->show();
    m_since.start();
    setRunning(true);
    tick();
    m_run = std::make_unique<onboard::StepRun>(
        m_root, m_proposal.next[number],
        onboard::StepRun::Events{[this](std::string_view bytes) { append(bytes); },
                                 [this](bool good, const std::string &reason) { ended(good, reason); }});
}

void NextPage::setRunning(bool running)
{
    running ? m_clock.start() : m_clock.stop();
    m_stopping = false;
    m_stop->setText(tr("&Stop"));
    m_stop->setVisible(running);
    m_busy->setVisible(running);
    setButtonsEnabled(!running);
}

void NextPage::tick()
{
    const QString time = QTime(0, 0).addMSecs(static_cast<int>(m_since.elapsed())).toString(QStringLiteral("m:ss"));
    m_state->setText(m_stopping ? tr("Stopping, after %1…").arg(time) : tr("Running for %1…").arg(time));
}

/// The first time it is asked, then it is made to.
void NextPage::stop()
{
    m_run->stop();
    m_stopping = true;
    m_stop->setText(tr("&Stop at once"));
    tick();
}

void NextPage::append(std::string_view bytes)
{
    QTextCursor end(m_output->document());
    end.movePosition(QTextCursor::End);
    end.insertText(shown(bytes));
    m_output->moveCursor(QTextCursor::End);
}

void NextPage::ended(bool good, const std::string &reason)
{
    const bool stopped = m_stopping;
    m_run.reset();
    setRunning(false);
    m_state->setText(good
                         ? tr("It went well.")
                         : (stopped ? tr("Stopped. ") : QString()) + QString::fromStdString(reason) + QLatin1Char('.'));
}

void NextPage::setButtonsEnabled(bool enabled)
{
    m_takeBack->setEnabled(enabled);
    for (QPushButton *button : std::as_const(m_buttons))
        button->setEnabled(enabled);
}

void NextPage::setTakenBack(const QString &problem)
{
    if (!problem.isEmpty()) {
        m_state->setText(problem);
        return;
    }
    setSubTitle(tr("Nothing is written any more: it was taken back."));
    m_written->setText(tr("As before: %1.").arg(m_files));
    m_state->setText(tr("Taken back: every file is as it was before. The answers are still there."));
    m_output->hide();
    setButtonsEnabled(false);
    m_correct->show();
    m_correct->setFocus();
    m_takeBack->hide();
}

} // namespace runner::ui
