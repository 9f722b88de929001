#include "builds/planmaker.h"

#include "build/commandline.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace runner::ui {

namespace {

constexpr std::size_t mostCommands = 50; ///< Shown; all are copied.

QString shownCommands(const build::ImagePlan &plan)
{
    const std::vector<std::string> none(plan.jobs.size());
    QString text;
    for (std::size_t i = 0; i < std::min(plan.jobs.size(), mostCommands); ++i)
        text += QString::fromStdString(build::shellLines(build::commandLine(build::withNeeds(plan.jobs[i], plan, none)))) + QStringLiteral("\n\n");
    if (plan.jobs.size() > mostCommands)
        return text + PlanMaker::tr("# and %1 more; copying takes all").arg(plan.jobs.size() - mostCommands);
    for (std::size_t i = 0; i < std::min(plan.manifests.size(), mostCommands); ++i) {
        std::vector<std::string> words = build::manifestArguments(plan.manifests[i], plan, none);
        words.insert(words.begin(), "docker");
        text += QString::fromStdString(build::shellLines(words)) + QStringLiteral("\n\n");
    }
    return text;
}

/// The window's images have their final tags; what is built is not released yet, and a runtime image never is.
expand::Job unreleased(expand::Job job)
{
    if (job.service != expand::runtimeTarget)
        job.tag += "-dev";
    return job;
}

} // namespace

MadePlan makePlan(const PlanWish &wish)
{
    MadePlan made;
    made.loaded = wish.loaded;
    build::Options how = wish.how;
    std::vector<build::Request> requests;
    for (const expand::Job *ticked : wish.jobs) {
        made.jobs.push_back(unreleased(*ticked));
        if (how.output.kind == build::OutputKind::Archive)
            how.output.file = (std::filesystem::path(wish.archiveFolder) / (ticked->platformTag + ".tar")).string();
        auto request = build::makeRequest(wish.loaded->workspace->root.string(), made.jobs.back(), how);
        if (!request) {
            made.obstacle = request.error();
            return made;
        }
        requests.push_back(std::move(*request));
    }
    if (requests.empty())
        return made;
    auto plan = build::makePlan(made.jobs, std::move(requests), how.naming, wish.options);
    if (!plan) {
        made.obstacle = plan.error();
        return made;
    }
    made.plan = std::move(*plan);
    made.commands = shownCommands(made.plan);
    return made;
}

void PlanMaker::make(PlanWish wish)
{
    m_wanted = std::move(wish);
    if (!std::exchange(m_busy, true))
        start();
}

void PlanMaker::start()
{
    QThreadPool::globalInstance()->start([self = QPointer<PlanMaker>(this), wish = *std::exchange(m_wanted, {})] {
        auto made = std::make_shared<MadePlan>(makePlan(wish));
        QMetaObject::invokeMethod(
            qApp,
            [self, made] {
                if (self)
                    self->finish(std::move(*made));
            },
            Qt::QueuedConnection);
    });
}

void PlanMaker::finish(MadePlan made)
{
    if (m_wanted) { // Of a wish that is out of date.
        start();
        return;
    }
    m_busy = false;
    m_made = std::move(made);
    Q_EMIT finished();
}

} // namespace runner::ui
