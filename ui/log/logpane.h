// The log of a step or of a whole build, with its commands and what is found in it.
#pragma once

#include "log/logsaver.h"
#include "log/logsearch.h"

#include <QWidget>

class QToolButton;

namespace runner::ui {

class ElidedLabel;
class FindBar;
class LogHits;
class LogView;

class LogPane final : public QWidget
{
    Q_OBJECT

public:
    explicit LogPane(QWidget *parent = nullptr);

    void setSource(const LogSource &source, const QString &title);
    /// There may be more lines.
    void contentChanged();
    LogView *view() const { return m_view; }
    FindBar *findBar() const { return m_findBar; }
    LogHits *hits() const { return m_hits; }

    void openFind();
    void findNext();
    void findPrevious();
    /// The next line that tells of an error, from the cursor on; from the begin again behind the last one.
    void nextError();
    /// The first one of all, as soon as it is found.
    void firstError();
    void saveAs();
    void saveTo(const QString &file);
    void setShowsTimes(bool shown);
    bool wraps() const;
    void setWraps(bool wraps);
    /// Suggested for saving: without folder.
    void setFileName(const QString &name) { m_fileName = name; }

Q_SIGNALS:
    void statusMessage(const QString &text);

private:
    QWidget *makeHeader();
    QToolButton *addButton(QWidget *header, const QString &name, const QString &text, const QString &tip);
    void addShortcut(const QKeySequence &keys, void (LogPane::*slot)());
    void onErrorsChanged();
    void onSaved(const QString &file, qulonglong lines);

    LogView *m_view;
    LogHits *m_hits;
    FindBar *m_findBar;
    LogSearch m_errors;
    LogSaver m_saver;
    ElidedLabel *m_title = nullptr;
    QToolButton *m_timesButton = nullptr;
    QToolButton *m_wrapButton = nullptr;
    QToolButton *m_saveButton = nullptr;
    QString m_fileName = QStringLiteral("build.log");
    std::optional<std::uint64_t> m_wanted; ///< Offset behind which an error is to be shown when one is found.
};

} // namespace runner::ui
