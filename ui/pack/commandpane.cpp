#include "pack/commandpane.h"

#include "diagnostics/problemtext.h"
#include "editor/codeeditor.h"
#include "editor/codepane.h"
#include "theme/icons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <utility>

namespace runner::ui {

namespace {

/// Its text never widens the window: it breaks where it has to.
QLabel *makeHint(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setWordWrap(true);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

CodePane *makeText(const QString &name, const QString &accessibleName, Language language)
{
    auto *pane = new CodePane;
    pane->setObjectName(name);
    pane->editor()->setMinimumSize(5 * gridUnit, 5 * gridUnit);
    pane->editor()->setReadOnly(true);
    pane->editor()->setAccessibleName(accessibleName);
    pane->editor()->setTabChangesFocus(true);
    pane->editor()->setLanguage(language);
    pane->editor()->setMarginShown(false);
    pane->editor()->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    pane->editor()->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    return pane;
}

QWidget *makeSide(QWidget *text, QWidget *hint, QWidget *button = nullptr)
{
    auto *side = new QWidget;
    auto *line = new QHBoxLayout;
    line->setContentsMargins(gridUnit, gridUnit / 2, gridUnit, gridUnit / 2);
    line->addWidget(hint, 1);
    if (button)
        line->addWidget(button);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addWidget(text, 1);
    return side;
}

} // namespace

CommandPane::CommandPane(QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_reading(this, [this](Result<Transcript> &&transcript) { takeTranscript(transcript); })
{
    setObjectName(QStringLiteral("commandSplitter"));
    setChildrenCollapsible(false);
    setHandleWidth(gridUnit / 2);
    setUpCommand();
    setUpTranscript();
}

void CommandPane::setUpCommand()
{
    m_commandHint = makeHint(QStringLiteral("previewCommandHint"));
    m_copy = new QPushButton(themedIcon(QStringLiteral("edit-copy")), tr("&Copy the command"));
    m_copy->setObjectName(QStringLiteral("previewCopy"));
    m_command = makeText(QStringLiteral("previewCommand"), tr("Command that builds the chosen image"), Language::Shell);
    addWidget(makeSide(m_command, m_commandHint, m_copy));
    connect(m_copy, &QPushButton::clicked, this, &CommandPane::copyCommand);
}

void CommandPane::setUpTranscript()
{
    m_transcriptHint = makeHint(QStringLiteral("previewTranscriptHint"));
    m_transcript =
        makeText(QStringLiteral("previewTranscript"), tr("Transcript of the rehearsal"), Language::PlainText);
    addWidget(makeSide(m_transcript, m_transcriptHint));
}

void CommandPane::showCommand(const Preview &preview, const QString &reason)
{
    m_commandLine = preview.commandLine;
    m_tag = preview.tag;
    m_copy->setEnabled(!preview.command.isEmpty());
    m_commandHint->setText(preview.command.isEmpty() ? reason : tr("To be run in the pack centre's folder"));
    if (m_command->editor()->text() != preview.command)
        m_command->editor()->setText(preview.command);
}

void CommandPane::showTranscript(const PackCentrePointer &centre, const expand::Job *job, const QString &recordedWith)
{
    m_recordedWith = recordedWith;
    const std::string wanted = job ? job->platformTag : std::string("-");
    if (std::exchange(m_transcriptOf, wanted) != wanted)
        readAgain(centre, job);
    else
        updateTranscriptHint();
}

void CommandPane::readAgain(const PackCentrePointer &centre, const expand::Job *job)
{
    m_transcript->editor()->setText({});
    m_transcriptHint->clear();
    m_transcriptFile.clear();
    if (centre && job)
        m_reading.ask([centre, job] { return readTranscript(centre->workspace().root, *job); });
}

void CommandPane::takeTranscript(const Result<Transcript> &transcript)
{
    if (m_reading.hasNewer() || m_transcriptOf == "-")
        return;
    m_transcript->editor()->setVisible(transcript.has_value());
    if (!transcript) {
        m_transcriptHint->setText(sentencesOf(transcript.error()));
        return;
    }
    m_transcriptFile = QString::fromStdString(transcript->file);
    m_changedByRule = !transcript->ruleChanges.empty();
    std::string text = transcript->text;
    if (m_changedByRule)
        text += "\n# " + tr("What the arguments of this image's rule change in it:").toStdString() + "\n"
                + transcript->ruleChanges;
    m_transcript->editor()->setText(QString::fromStdString(text).remove(u'\r').remove(QChar(0)));
    updateTranscriptHint();
}

void CommandPane::updateTranscriptHint()
{
    if (m_transcriptFile.isEmpty())
        return;
    const QString hint =
        m_changedByRule
            ? tr("%1. It lies in %2; what the rule changes stands at its end, typed arguments are not in it")
            : tr("%1. It lies in %2; typed arguments are not in it");
    m_transcriptHint->setText(hint.arg(m_recordedWith, m_transcriptFile));
}

void CommandPane::copyCommand()
{
    QGuiApplication::clipboard()->setText(m_commandLine);
    Q_EMIT copied(tr("the command that builds %1").arg(m_tag));
}

} // namespace runner::ui
