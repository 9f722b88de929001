#include "builds/planmaker.h"

#include "build/commandline.h"
#include "build/preflight.h"
#include "text/shellwords.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

namespace runner::ui {

namespace {

constexpr std::size_t mostCommands = 50; ///< Shown; all are copied.

QString shownCommands(const build::ImagePlan &plan)
{
    const std::vector<std::string> none(plan.jobs.size());
    QString text;
    for (std::size_t i = 0; i < std::min(plan.jobs.size(), mostCommands); ++i)
        text += QString::fromStdString(text::shellLines(build::commandLine(build::withNeeds(plan.jobs[i], plan, none))))
                + QStringLiteral("\n\n");
    if (plan.jobs.size() > mostCommands)
        return text + PlanMaker::tr("# and %1 more; copying takes all").arg(plan.jobs.size() - mostCommands);
    for (std::size_t i = 0; i < std::min(plan.manifests.size(), mostCommands); ++i) {
        std::vector<std::string> words = build::manifestArguments(plan.manifests[i], plan, none);
        words.insert(words.begin(), "docker");
        text += QString::fromStdString(text::shellLines(words)) + QStringLiteral("\n\n");
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

std::optional<Problem> badPair(const build::Pairs &pairs)
{
    for (const auto &[name, value] : pairs) {
        if (name.empty() || value.empty())
            return Problem{"pair-invalid",
                           Severity::Error,
                           {},
                           "The context \"" + name + (value.empty() ? "" : "=" + value) + "\" is not NAME=FOLDER",
                           "Write one a line"};
    }
    return {};
}

/// What was ticked, with the further arguments, which may change its tags.
Result<std::vector<expand::Job>> jobsOf(const PlanWish &wish)
{
    std::vector<expand::Job> jobs;
    for (const std::string &argument : wish.arguments) {
        if (const std::size_t sign = argument.find('='); sign == 0 || sign == argument.npos)
            return failure("argument-invalid", {}, "The argument \"" + argument + "\" is not NAME=VALUE",
                           "Write one a line");
    }
    std::map<std::string, expand::Plan> plans; // By target: all services together, or runtime images.
    for (const expand::Job *ticked : wish.jobs) {
        if (wish.arguments.empty()) {
            jobs.push_back(*ticked);
            continue;
        }
        expand::Options options;
        options.arguments = wish.arguments;
        options.forRelease = true;
        options.target = ticked->service == expand::runtimeTarget ? expand::runtimeTarget : options.target;
        if (!plans.contains(options.target))
            plans[options.target] =
                expand::expand(wish.loaded->workspace->matrix, wish.loaded->workspace->lookup(), options);
        const auto &all = plans[options.target].jobs;
        const auto same = std::find_if(all.begin(), all.end(), [ticked](const expand::Job &job) {
            return job.rule == ticked->rule && job.service == ticked->service && job.platform == ticked->platform;
        });
        if (same == all.end())
            return failure("argument-leaves-no-image", {}, "With these arguments no rule gives " + ticked->platformTag,
                           "Look at the versions among them");
        jobs.push_back(*same);
    }
    return jobs;
}

/// As a build is adapted before it starts, as far as the builders are known.
build::ImagePlan asTaken(build::ImagePlan plan, const PlanWish &wish)
{
    const workspace::Texts &texts = wish.loaded->workspace->texts;
    for (build::PlannedJob &job : plan.jobs) {
        const auto text = texts.find(job.request.dockerfile);
        const auto ready =
            build::judgeBuilders(wish.builders, job.request, text == texts.end() ? std::string() : *text->second);
        if (ready)
            job.request = ready->request;
    }
    return plan;
}

} // namespace

MadePlan makePlan(const PlanWish &wish)
{
    MadePlan made;
    made.loaded = wish.loaded;
    build::Options how = wish.how;
    std::vector<build::Request> requests;
    const auto jobs = jobsOf(wish);
    made.obstacle = jobs ? badPair(how.contexts) : jobs.error();
    if (made.obstacle)
        return made;
    for (const expand::Job &job : *jobs) {
        made.jobs.push_back(unreleased(job));
        if (how.output.kind == build::OutputKind::Archive)
            how.output.file = (std::filesystem::path(wish.archiveFolder) / (job.platformTag + ".tar")).string();
        auto request = build::makeRequest(wish.loaded->workspace->root.string(), made.jobs.back(), how);
        if (!request) {
            made.obstacle = request.error();
            return made;
        }
        requests.push_back(std::move(*request));
    }
    if (requests.empty())
        return made;
    build::PlanOptions options = wish.options;
    options.matrix = &wish.loaded->workspace->matrix;
    auto plan = build::makePlan(made.jobs, std::move(requests), how.naming, options);
    if (!plan) {
        made.obstacle = plan.error();
        return made;
    }
    made.plan = std::move(*plan);
    made.plan.origin = {{}, wish.arguments, wish.how.postOperation};
    for (const expand::Job *job : wish.jobs)
        made.plan.origin.tags.push_back(job->platformTag);
    made.shown = asTaken(made.plan, wish);
    made.commands = shownCommands(made.shown);
    return made;
}

PlanMaker::PlanMaker(QObject *parent)
    : QObject(parent)
    , m_task(this, [this](MadePlan &&made) { finish(std::move(made)); })
{
}

void PlanMaker::make(PlanWish wish)
{
    m_task.ask([wish = std::move(wish)] { return makePlan(wish); });
}

void PlanMaker::finish(MadePlan &&made)
{
    if (m_task.hasNewer())
        return;
    m_made = std::move(made);
    Q_EMIT finished();
}

} // namespace runner::ui
