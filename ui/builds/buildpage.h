// One build: what came out, its steps as a tree and over time, and the log.
#pragma once

#include "build/explain.h"
#include "build/recording.h"
#include "builds/buildcentre.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <atomic>
#include <memory>
#include <optional>

class QLabel;
class QScrollArea;
class QPushButton;
class QSplitter;
class QTabWidget;
class QTreeView;

namespace runner::build {
class Background;
}

namespace runner::ui {

class ElidedLabel;
class FollowedBuild;
class LogPane;
class StepTreeModel;
class Timeline;

class BuildPage final : public QWidget
{
    Q_OBJECT

public:
    /// The centre must outlive the page.
    explicit BuildPage(BuildCentre *centre, QWidget *parent = nullptr);
    ~BuildPage() override;

    /// Shows a build of the history, or one that runs in this console.
    void show(const build::BuildRecord &record);
    /// The record has changed: the build has ended.
    void update(const build::BuildRecord &record);
    void clear();
    /// The log of the shown build is being opened.
    bool isLoading() const { return m_loading; }
    std::int64_t build() const { return m_record ? m_record->id : 0; }

    LogPane *log() const { return m_log; }
    StepTreeModel *steps() const { return m_model; }
    Timeline *timeline() const { return m_timeline; }
    QSplitter *splitter() const { return m_across; }
    /// The build that is shown; null: none.
    const build::BuildRecord *record() const { return m_record ? &*m_record : nullptr; }
    /// The step whose log is shown; nothing: all.
    std::optional<std::size_t> shownStep() const { return m_step; }
    void showStep(std::optional<std::size_t> step);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void startedAgain(); ///< The build is put in the queue once more.
    void statusMessage(const QString &text);
    void revealRequested(const runner::diagnostics::Location &where);
    /// The builder has cut the log: the same build on one that does not.
    void unclippedRequested(const runner::build::Request &request);
    void loaded(); ///< All of the shown build is on the screen.

private:
    void setUpHeader();
    QScrollArea *makeSummary();
    void setUpSteps();
    void setUpTree();
    void fitColumns();
    void fitSummary();
    void showOthers();
    void onMore();
    void guardRetry();
    void showLive(const std::shared_ptr<const build::Recording> &recording);
    void openFinished();
    void onLogOpened(const Result<std::shared_ptr<const build::Log>> &log);
    void onStepsRead(const Result<build::Steps> &steps);
    void stopReading();
    void onNews(qint64 item);
    void refreshLive();
    void setSteps(const build::Steps &steps, bool fresh);
    void showCause();
    QString factsText() const;
    QString slowestText() const;
    void showSummary();
    QString problemsText() const;
    QString linked(const Location &where) const;
    void explainCache();
    void askForEstimates();
    QString restText() const;
    void onLink(const QString &link);
    void onTreeChanged(const QModelIndex &index);
    QString stepTitle() const;

    BuildCentre *m_centre;
    std::optional<build::BuildRecord> m_record;
    std::shared_ptr<const build::Recording> m_recording; ///< Of a build of this session, or of one that is followed.
    std::unique_ptr<FollowedBuild> m_followed;           ///< Of another console.
    std::shared_ptr<const build::Log> m_logData;
    build::Steps m_stepData;
    std::optional<std::size_t> m_step;
    QString m_miss;                            ///< Why steps were not cached.
    QString m_estimate;                        ///< How long it takes, by earlier builds.
    std::vector<build::StepRecord> m_expected; ///< The steps of a running one, by earlier builds.
    std::unique_ptr<build::Background> m_reading;
    std::shared_ptr<std::atomic<bool>> m_goOn;
    ElidedLabel *m_title = nullptr;
    QLabel *m_summary = nullptr;
    QScrollArea *m_summaryArea = nullptr; ///< Leaves room for the log, however long the summary is.
    QPushButton *m_cancel = nullptr;
    QPushButton *m_retry = nullptr;
    StepTreeModel *m_model = nullptr;
    QTreeView *m_tree = nullptr;
    Timeline *m_timeline = nullptr;
    QTabWidget *m_tabs = nullptr;
    QSplitter *m_across = nullptr;
    LogPane *m_log = nullptr;
    QTimer m_refresh; ///< Steps of a running build, at most ten times a second.
    bool m_filling = false;
    bool m_loading = false;
};

} // namespace runner::ui
