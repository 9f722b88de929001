#include "log/logpane.h"

#include "find/findbar.h"
#include "log/loghit.h"
#include "log/loghits.h"
#include "log/logview.h"
#include "place/elidedlabel.h"
#include "theme/theme.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace runner::ui {

LogPane::LogPane(QWidget *parent)
    : QWidget(parent)
    , m_view(new LogView)
    , m_hits(new LogHits(m_view, this))
    , m_findBar(new FindBar(m_hits, QStringLiteral("logFind"), tr("Find in the whole log")))
{
    setObjectName(QStringLiteral("logPane"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_view, 1);
    layout->addWidget(m_findBar);
    setFocusProxy(m_view);
    addShortcut(QKeySequence(Qt::Key_F3), &LogPane::findNext);
    addShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3), &LogPane::findPrevious);
    addShortcut(QKeySequence(Qt::Key_F4), &LogPane::nextError);
    connect(m_view, &LogView::grown, this, [this] { m_errors.more(); });
    connect(m_view, &LogView::copyCut, this, [this] {
        Q_EMIT statusMessage(tr("The selection is too long for the clipboard: only its first lines were copied. Save "
                                "the log for all of it."));
    });
    connect(&m_errors, &LogSearch::changed, this, &LogPane::onErrorsChanged);
    connect(&m_saver, &LogSaver::saved, this, &LogPane::onSaved);
    connect(&m_saver, &LogSaver::progress, this, [this](double share) {
        m_saveButton->setText(tr("Stop saving (%1 %)").arg(static_cast<int>(share * 100)));
    });
    connect(&m_saver, &LogSaver::failed, this, [this](const QString &reason) {
        m_saveButton->setText(tr("Save…"));
        Q_EMIT statusMessage(reason + u'.');
    });
}

QWidget *LogPane::makeHeader()
{
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(gridUnit, gridUnit / 2, gridUnit / 2, gridUnit / 2);
    layout->setSpacing(gridUnit / 2);
    m_title = new ElidedLabel(Qt::ElideRight);
    m_title->setObjectName(QStringLiteral("logTitle"));
    m_title->setFont(boldFont(m_title->font()));
    m_title->setMinimumWidth(4 * gridUnit);
    layout->addWidget(m_title, 1);
    m_timesButton =
        addButton(header, QStringLiteral("logTimes"), tr("Times"), tr("Show when each line came, since the first one"));
    m_timesButton->setCheckable(true);
    connect(m_timesButton, &QToolButton::toggled, this, &LogPane::setShowsTimes);
    m_wrapButton = addButton(header, QStringLiteral("logWrap"), tr("Wrap"), tr("Wrap long lines (Alt+Z)"));
    m_wrapButton->setCheckable(true);
    m_wrapButton->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Z));
    connect(m_wrapButton, &QToolButton::toggled, m_view, &LogView::setWraps);
    connect(m_view, &LogView::wrapsChanged, m_wrapButton, &QToolButton::setChecked);
    connect(addButton(header, QStringLiteral("logNextError"), tr("Next error"),
                      tr("The next line that tells of an error (F4)")),
            &QToolButton::clicked, this, &LogPane::nextError);
    connect(addButton(header, QStringLiteral("logFind"), tr("Find"), tr("Find in the whole log (Ctrl+F)")),
            &QToolButton::clicked, this, &LogPane::openFind);
    m_saveButton = addButton(header, QStringLiteral("logSave"), tr("Save…"), tr("Save this log as a text file"));
    connect(m_saveButton, &QToolButton::clicked, this, &LogPane::saveAs);
    return header;
}

QToolButton *LogPane::addButton(QWidget *header, const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    header->layout()->addWidget(button);
    return button;
}

void LogPane::addShortcut(const QKeySequence &keys, void (LogPane::*slot)())
{
    auto *shortcut = new QShortcut(keys, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, slot);
}

void LogPane::setSource(const LogSource &source, const QString &title)
{
    m_errors.stop();
    m_wanted.reset();
    m_title->setLine(title);
    m_view->setSource(source);
    Q_EMIT m_hits->contentChanged(true);
}

void LogPane::contentChanged()
{
    m_view->contentChanged();
}

void LogPane::openFind()
{
    m_findBar->open();
}

void LogPane::findNext()
{
    m_findBar->findNext(true);
}

void LogPane::findPrevious()
{
    m_findBar->findNext(false);
}

void LogPane::setShowsTimes(bool shown)
{
    m_timesButton->setChecked(shown);
    m_view->setShowsTimes(shown);
}

bool LogPane::wraps() const
{
    return m_view->wraps();
}

void LogPane::setWraps(bool wraps)
{
    m_view->setWraps(wraps);
}

void LogPane::firstError()
{
    m_wanted = 0;
    if (m_errors.isActive())
        onErrorsChanged();
    else
        m_errors.start(m_view->source(), build::errorQuery());
}

void LogPane::nextError()
{
    if (m_view->rows() == 0)
        return;
    const bool first = !m_errors.isActive();
    m_wanted = m_view->source().offsetOf(m_view->cursor().row + (first ? 0 : 1));
    if (first)
        m_errors.start(m_view->source(), build::errorQuery());
    else
        onErrorsChanged();
}

/// The hit behind the wanted place may not be found yet; the first one of all counts only when all are known.
void LogPane::onErrorsChanged()
{
    if (!m_wanted)
        return;
    const bool finished = m_errors.isFinished();
    const std::size_t index = m_errors.indexFrom(*m_wanted);
    if (index >= m_errors.kept() && !finished)
        return;
    const auto found = m_errors.from(*m_wanted);
    m_wanted.reset();
    if (found)
        showHit(*m_view, *found);
    else
        Q_EMIT statusMessage(tr("No line of this log tells of an error."));
}

void LogPane::saveAs()
{
    if (m_saver.isBusy()) {
        m_saver.cancel();
        return;
    }
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save the log"), m_fileName, tr("Text (*.log *.txt);;All files (*)"));
    if (!file.isEmpty())
        saveTo(file);
}

void LogPane::saveTo(const QString &file)
{
    m_saver.save(m_view->source(), file, m_view->showsTimes());
}

void LogPane::onSaved(const QString &file, qulonglong lines)
{
    m_saveButton->setText(tr("Save…"));
    Q_EMIT statusMessage(tr("%1 lines were saved in %2.").arg(QLocale().toString(lines), file));
}

} // namespace runner::ui
