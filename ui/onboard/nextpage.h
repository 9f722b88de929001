// After it is applied: what was written, how to take it back, and what to do next, with a button for each.
#pragma once

#include "onboard/proposal.h"
#include "onboard/steprun.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWizardPage>

#include <memory>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace runner::ui {

class NextPage final : public QWizardPage
{
    Q_OBJECT

public:
    explicit NextPage(std::filesystem::path root, QWidget *parent = nullptr);
    ~NextPage() override;

    void setProposal(const onboard::Proposal &proposal);
    bool isRunning() const { return m_run != nullptr; }
    /// What was asked to be taken back has been, or \a problem says why not. Then the answers can be corrected.
    void setTakenBack(const QString &problem);

Q_SIGNALS:
    void takeBackRequested();
    void correctRequested(); ///< After it was taken back: to the answers again.

private:
    void tellWritten();
    void setUpOutput();
    void layOut();
    void tick();
    void stop();
    void setRunning(bool running);
    void setUpTop();
    QLayout *makeStep(std::size_t number);
    void run(std::size_t number);
    void append(std::string_view bytes);
    void ended(bool good, const std::string &reason);
    void setButtonsEnabled(bool enabled);

    std::filesystem::path m_root;
    onboard::Proposal m_proposal;
    std::unique_ptr<onboard::StepRun> m_run;
    QString m_files; ///< Their names, as a sentence lists them.
    QLabel *m_written;
    QPushButton *m_takeBack;
    QPushButton *m_correct;
    QVBoxLayout *m_stepsPlace;
    QWidget *m_steps = nullptr; ///< Of this proposal.
    QLabel *m_state;
    QProgressBar *m_busy;
    QElapsedTimer m_since;
    QTimer m_clock;
    bool m_stopping = false;
    QPushButton *m_stop;
    QPlainTextEdit *m_output;
    QList<QPushButton *> m_buttons;
};

} // namespace runner::ui
