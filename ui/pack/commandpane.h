// The command that builds the chosen image, and beside it the transcript of the image's rehearsal.
#pragma once

#include "pack/packimages.h"
#include "pack/transcripts.h"
#include "tasks/latesttask.h"

#include <QSplitter>

#include <string>

class QLabel;
class QPushButton;

namespace runner::ui {

class CodePane;

class CommandPane final : public QSplitter
{
    Q_OBJECT

public:
    explicit CommandPane(QWidget *parent = nullptr);

    /// The command of a preview, or \a reason why there is none.
    void showCommand(const Preview &preview, const QString &reason);
    /// The transcript of a job of the pack centre; null: none is shown. Read, on a worker, only when it is another one.
    /// \a recordedWith: how the image differs from the recorded one, see the function of that name.
    void showTranscript(const PackCentrePointer &centre, const expand::Job *job, const QString &recordedWith);
    /// The transcript is read again the next time.
    void forgetTranscript() { m_transcriptOf.clear(); }

Q_SIGNALS:
    void copied(const QString &what);

private:
    void setUpCommand();
    void setUpTranscript();
    void readAgain(const PackCentrePointer &centre, const expand::Job *job);
    void takeTranscript(const Result<Transcript> &transcript);
    void updateTranscriptHint();
    void copyCommand();

    LatestTask<Result<Transcript>> m_reading;
    std::string m_transcriptOf; ///< The image whose transcript is shown, or being read; "-": of none.
    QString m_recordedWith;
    QString m_transcriptFile;     ///< Where it lies; empty: none is shown.
    bool m_changedByRule = false; ///< The transcript ends with what the rule changes.
    QString m_commandLine;
    QString m_tag;
    CodePane *m_command = nullptr;
    QLabel *m_commandHint = nullptr;
    QPushButton *m_copy = nullptr;
    CodePane *m_transcript = nullptr;
    QLabel *m_transcriptHint = nullptr;
};

} // namespace runner::ui
