// Makes a plan of ticked images, with its commands as text, on another thread.
#pragma once

#include "build/builders.h"
#include "build/plan.h"
#include "tasks/latesttask.h"
#include "workspace/loadedworkspace.h"

#include <QObject>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace runner::ui {

/// What is to be planned.
struct PlanWish
{
    LoadedPointer loaded;                  ///< Keeps the jobs alive.
    std::vector<const expand::Job *> jobs; ///< With their final tags.
    build::Options how;
    build::PlanOptions options;
    std::string archiveFolder;            ///< Absolute; for archives.
    std::vector<std::string> arguments;   ///< NAME=VALUE, besides the matrix's.
    std::vector<build::Builder> builders; ///< For what the commands have to leave out; may be empty.
};

struct MadePlan
{
    LoadedPointer loaded;   ///< Keeps what the jobs point to.
    build::ImagePlan plan;  ///< Without jobs where nothing can be started.
    build::ImagePlan shown; ///< The same as its builders can take it: what the commands are of.
    std::vector<expand::Job>
        jobs; ///< As they are built: what is built is not released yet, so their tags end with "-dev".
    std::optional<Problem> obstacle; ///< Why it cannot be carried out.
    QString commands;                ///< Each of its commands, as far as they are shown.
};

/// Blocks; may be called in any thread.
MadePlan makePlan(const PlanWish &wish);

class PlanMaker final : public QObject
{
    Q_OBJECT

public:
    explicit PlanMaker(QObject *parent = nullptr);

    /// Begins to make it; where that is under way, it is done again afterwards with the last wish.
    void make(PlanWish wish);
    /// Of the last wish that was carried out.
    const MadePlan &made() const { return m_made; }
    /// What was wished for last is not made yet.
    bool isBusy() const { return m_task.isRunning(); }

Q_SIGNALS:
    void finished(); ///< made() is of the last wish.

private:
    void finish(MadePlan &&made);

    LatestTask<MadePlan> m_task;
    MadePlan m_made;
};

} // namespace runner::ui
