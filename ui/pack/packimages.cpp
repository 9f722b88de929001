#include "pack/packimages.h"

#include "build/commandline.h"
#include "build/request.h"
#include "text/shellwords.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <map>

namespace runner::ui {

namespace {

QString sentenceOf(const char *text)
{
    return QCoreApplication::translate("PackImages", text);
}

/// A matrix with one rule and without the runners, so that expanding it takes no time.
matrix::Matrix onlyRule(const matrix::Matrix &matrix, std::size_t rule)
{
    matrix::Matrix one;
    one.image = matrix.image;
    one.services = matrix.services;
    one.backends = matrix.backends;
    one.rules = {matrix.rules[rule]};
    return one;
}

const expand::Job *findPlatform(const std::vector<expand::Job> &jobs, const std::string &platform)
{
    const auto found =
        std::find_if(jobs.begin(), jobs.end(), [&](const auto &job) { return job.platform == platform; });
    return found == jobs.end() ? nullptr : &*found;
}

QString needsOf(const std::vector<std::string> &needs)
{
    QStringList names;
    for (const std::string &name : needs)
        names << QString::fromStdString(name);
    return sentenceOf("There is no tag without a value of %1").arg(names.join(QStringLiteral(", ")));
}

/// The job of the same rule, target and platform with the overrides in it.
void expandAgain(const PackCentre &centre, const expand::Job &job, const std::vector<std::string> &overrides,
                 const dockerfile::Dockerfile *live, Preview &preview)
{
    const workspace::Workspace &workspace = centre.workspace();
    expand::Options options;
    options.target = job.service;
    options.arguments = overrides;
    options.forRelease = true;
    const auto lookup = [&](const std::string &backend, const std::string &service) {
        const dockerfile::Dockerfile *file = workspace.dockerfileFor(backend, service);
        return file && live && file->fileName == live->fileName ? live : file;
    };
    const expand::Plan plan = expand::expand(onlyRule(workspace.matrix, job.rule), lookup, options);
    if (const expand::Job *found = findPlatform(plan.jobs, job.platform)) {
        preview.job = *found;
    } else {
        preview.job = job;
        for (const expand::IncompleteJob &incomplete : plan.incomplete) {
            if (incomplete.job.platform == job.platform) {
                preview.job = incomplete.job;
                preview.obstacle = needsOf(incomplete.needs);
            }
        }
    }
    preview.job.rule = job.rule;
}

void addCommand(const PackCentre &centre, Preview &preview)
{
    build::Options options;
    options.naming = centre.workspace().matrix.image;
    const auto request = build::makeRequest(centre.workspace().root.string(), preview.job, options);
    if (!request) {
        preview.obstacle = QString::fromStdString(request.error().message);
        return;
    }
    const std::vector<std::string> line = build::commandLine(*request);
    preview.command = QString::fromStdString(text::shellLines(line));
    preview.commandLine = QString::fromStdString(text::shellLine(line));
    preview.tag = QString::fromStdString(preview.job.platformTag);
}

std::vector<bool> stagesOf(const expand::Job &job, const dockerfile::Evaluation &evaluation)
{
    std::vector<bool> needed;
    const std::vector<int> stages = dockerfile::stagesFor(*job.dockerfile, job.service, evaluation);
    if (!stages.empty())
        needed.resize(job.dockerfile->stages.size());
    for (const int stage : stages)
        needed[static_cast<std::size_t>(stage)] = true;
    return needed;
}

class Collector
{
public:
    explicit Collector(const std::string &file)
        : m_file(file)
    {
    }

    void add(const expand::Plan &plan)
    {
        // A plan runs backwards through the matrix.
        for (auto job = plan.jobs.rbegin(); job != plan.jobs.rend(); ++job)
            addJob(*job, QString::fromStdString(job->tag));
        for (auto job = plan.incomplete.rbegin(); job != plan.incomplete.rend(); ++job)
            addJob(job->job, sentenceOf("%1 of rule %2: a version is missing")
                                 .arg(QString::fromStdString(job->job.service))
                                 .arg(job->job.rule + 1));
    }

    std::vector<PackImage> take() { return std::move(m_images); }

private:
    void addJob(const expand::Job &job, const QString &title)
    {
        if (!job.dockerfile || job.dockerfile->fileName != m_file)
            return;
        const auto [known, isNew] = m_known.emplace(title, m_images.size());
        if (isNew)
            m_images.push_back({title, {}});
        std::vector<const expand::Job *> &jobs = m_images[known->second].jobs;
        const bool again = std::any_of(jobs.begin(), jobs.end(),
                                       [&](const expand::Job *other) { return other->platform == job.platform; });
        if (!again)
            jobs.push_back(&job);
    }

    const std::string &m_file;
    std::vector<PackImage> m_images;
    std::map<QString, std::size_t> m_known;
};

} // namespace

PackCentrePointer makePackCentre(const LoadedPointer &loaded)
{
    auto centre = std::make_shared<PackCentre>();
    centre->loaded = loaded;
    return centre;
}

std::vector<PackImage> imagesOf(const PackCentre &centre, const std::string &file)
{
    Collector collector(file);
    collector.add(centre.loaded->plan());
    collector.add(centre.loaded->runtimePlan());
    return collector.take();
}

Preview previewOf(const PackCentre &centre, const expand::Job &job, const std::vector<std::string> &overrides,
                  const dockerfile::Dockerfile *live)
{
    Preview preview;
    expandAgain(centre, job, overrides, live, preview);
    if (!preview.job.dockerfile)
        return preview;
    if (preview.obstacle.isEmpty())
        addCommand(centre, preview);
    preview.arguments = expand::explain(preview.job);
    const expand::Job &seen = preview.job;
    preview.evaluation = dockerfile::evaluateArguments(*seen.dockerfile, seen.overrides(), seen.platform, seen.service);
    preview.neededStages = stagesOf(seen, preview.evaluation);
    return preview;
}

} // namespace runner::ui
