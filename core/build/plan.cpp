#include "build/plan.h"

#include "build/commandline.h"
#include "dockerfile/evaluation.h"
#include "dockerfile/expansion.h"
#include "text/shellwords.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace runner::build {

namespace {

constexpr std::string_view hub = "docker.io/";
constexpr std::string_view development = "-dev";

std::string withoutHub(const std::string &image)
{
    return image.starts_with(hub) ? image.substr(hub.size()) : image;
}

std::string plainTag(const std::string &tag)
{
    return tag.ends_with(development) ? tag.substr(0, tag.size() - development.size()) : tag;
}

/// Makes the plan of jobs whose requests are there.
class Planner
{
public:
    Planner(const std::vector<expand::Job> &jobs, matrix::ImageNaming naming, const PlanOptions &options)
        : m_jobs(jobs)
        , m_naming(std::move(naming))
        , m_options(options)
    {
        for (std::size_t i = 0; i < m_jobs.size(); ++i) {
            m_planned.emplace(m_jobs[i].tag, m_jobs[i].platform);
            for (const std::string &tag :
                 std::set<std::string>{m_jobs[i].platformTag, m_jobs[i].tag, plainTag(m_jobs[i].tag)})
                m_makers.emplace(TagOnPlatform(tag, m_jobs[i].platform), i);
        }
    }

    Result<ImagePlan> run(std::vector<Request> requests)
    {
        m_requests = std::move(requests);
        m_output = m_requests.empty() ? OutputKind::Nothing : m_requests.front().output.kind;
        const bool dry = !m_requests.empty() && m_requests.front().call == Call::Check;
        findNeeds();
        const bool kept = dry || m_options.linked || m_output == OutputKind::Push || m_output == OutputKind::Load;
        for (std::size_t i = 0; i < m_jobs.size() && !kept; ++i) {
            if (!m_needs[i].empty())
                return failure("plan-base-not-kept", {},
                               m_jobs[i].platformTag + " builds on " + m_needs[i].front().image
                                   + ", which would stay in the build cache",
                               "Push the images, or load them");
        }
        if (m_options.manifests && m_output != OutputKind::Push)
            return failure("plan-not-pushed", {}, "A manifest names images in a registry, and these are not pushed",
                           "Push them");
        const auto partial = m_options.manifests && !dry ? partialManifest() : std::nullopt;
        if (partial)
            return tl::unexpected(*partial);
        return order();
    }

private:
    using TagOnPlatform = std::pair<std::string, std::string>;

    /// A tag that is made anew for some of its platforms loses the others.
    std::optional<Problem> partialManifest() const
    {
        for (const expand::Job &job : m_jobs) {
            if (!m_options.matrix || job.rule >= m_options.matrix->rules.size())
                continue;
            const matrix::Rule &rule = m_options.matrix->rules[job.rule];
            for (const std::string &platform : rule.effectivePlatforms()) {
                if (!m_planned.contains({job.tag, platform}))
                    return Problem{"plan-manifest-partial", Severity::Error, rule.where,
                                   "The image for all platforms " + job.tag + " would be without " + platform
                                       + ", which the rule names and the plan does not build",
                                   "Build it for all platforms of the rule, or leave that image out"};
            }
        }
        return {};
    }

    void findNeeds()
    {
        m_needs.resize(m_jobs.size());
        const std::string own = m_naming.nameSpace + "/" + m_naming.repository + ":";
        for (std::size_t i = 0; i < m_jobs.size(); ++i) {
            for (const std::string &image : baseImages(m_jobs[i])) {
                const std::string name = withoutHub(image);
                if (!name.starts_with(own) && !name.starts_with(withoutHub(own)))
                    continue;
                if (const auto maker = makerOf(name.substr(name.rfind(':') + 1), i))
                    m_needs[i].push_back({*maker, image});
                else
                    addExternal(image, m_jobs[i].platformTag);
            }
        }
    }

    std::optional<std::size_t> makerOf(const std::string &tag, std::size_t user) const
    {
        const auto [first, behind] = m_makers.equal_range({tag, m_jobs[user].platform}); // In the jobs' order.
        const auto maker = std::find_if(first, behind, [user](const auto &each) { return each.second != user; });
        return maker == behind ? std::nullopt : std::optional(maker->second);
    }

    void addExternal(const std::string &image, const std::string &user)
    {
        auto found = std::find_if(m_plan.externals.begin(), m_plan.externals.end(),
                                  [&](const ExternalImage &e) { return e.image == image; });
        if (found == m_plan.externals.end())
            found = m_plan.externals.insert(found, {image, {}});
        found->neededBy.push_back(user);
    }

    // Again and again the first job whose needs are all placed.
    Result<ImagePlan> order()
    {
        std::vector<std::optional<std::size_t>> places(m_jobs.size());
        while (m_plan.jobs.size() < m_jobs.size()) {
            std::size_t next = 0;
            while (next < m_jobs.size()
                   && (places[next] || !std::all_of(m_needs[next].begin(), m_needs[next].end(), [&](const Need &need) {
                           return places[need.job].has_value();
                       })))
                ++next;
            if (next == m_jobs.size())
                return failure("plan-circular", {}, "Images of the plan build on each other in a circle",
                               "Correct the base images");
            places[next] = m_plan.jobs.size();
            PlannedJob job{m_requests[next], m_needs[next], {}};
            for (Need &need : job.needs)
                need.job = *places[need.job];
            m_plan.jobs.push_back(std::move(job));
        }
        if (m_options.manifests)
            addManifests();
        if (m_options.manifests && m_options.release)
            addRecords();
        return std::move(m_plan);
    }

    void addManifests()
    {
        for (std::size_t i = 0; i < m_plan.jobs.size(); ++i) {
            const Request &request = m_plan.jobs[i].request;
            const std::string image = repositoryOf(request) + ":" + request.tag;
            auto found = std::find_if(m_plan.manifests.begin(), m_plan.manifests.end(),
                                      [&](const PlannedManifest &m) { return m.image == image; });
            if (found == m_plan.manifests.end()) {
                const std::string plain = plainTag(request.tag);
                const bool release = m_options.release && plain != request.tag;
                found = m_plan.manifests.insert(
                    found, {image, release ? repositoryOf(request) + ":" + plain : std::string(), {}});
            }
            found->jobs.push_back(i);
        }
    }

    /// A runtime image is no released service.
    void addRecords()
    {
        for (PlannedJob &planned : m_plan.jobs) {
            const auto job = std::find_if(m_jobs.begin(), m_jobs.end(), [&](const expand::Job &j) {
                return j.platformTag == planned.request.platformTag;
            });
            if (job == m_jobs.end() || job->service == "runtime")
                continue;
            catalog::Record record;
            record.backend = job->backend;
            record.backendVersion = job->backendVersion;
            record.originalBackendVersion = job->originalBackendVersion;
            record.backendVariant = job->backendVariant;
            record.service = job->service;
            record.serviceVersion = job->serviceVersion;
            record.platform = job->platform;
            record.dockerImage = m_naming.nameSpace + "/" + m_naming.repository + ":" + plainTag(job->tag);
            planned.released = std::move(record);
        }
    }

    const std::vector<expand::Job> &m_jobs;
    matrix::ImageNaming m_naming;
    OutputKind m_output = OutputKind::Nothing;
    PlanOptions m_options;
    std::vector<Request> m_requests;
    std::multimap<TagOnPlatform, std::size_t> m_makers; ///< Jobs by each name that their images may be built on by.
    std::set<TagOnPlatform> m_planned;
    std::vector<std::vector<Need>> m_needs;
    ImagePlan m_plan;
};

} // namespace

std::vector<std::string> baseImages(const expand::Job &job)
{
    std::vector<std::string> images;
    const dockerfile::Dockerfile &file = *job.dockerfile;
    const auto evaluation = dockerfile::evaluateArguments(file, job.overrides(), job.platform, job.service);
    const dockerfile::Variables variables = evaluation.variables();
    const auto lookup = [&](std::string_view name) -> std::optional<std::string> {
        if (const auto found = variables.find(name); found != variables.end())
            return found->second;
        const auto found = evaluation.predefined.find(name);
        return found == evaluation.predefined.end() ? std::nullopt : std::optional(found->second);
    };
    for (const int index : dockerfile::stagesFor(file, job.service, evaluation)) {
        const auto base =
            dockerfile::expandWord(file.stages[static_cast<std::size_t>(index)].base, file.escape, lookup);
        if (base && file.findStage(base->text) < 0
            && std::find(images.begin(), images.end(), base->text) == images.end())
            images.push_back(base->text);
    }
    return images;
}

Result<ImagePlan> makePlan(const std::vector<expand::Job> &jobs, std::vector<Request> requests,
                           const matrix::ImageNaming &naming, const PlanOptions &options)
{
    return Planner(jobs, naming, options).run(std::move(requests));
}

Request withNeeds(const PlannedJob &job, const ImagePlan &plan, const std::vector<std::string> &digests)
{
    Request request = job.request;
    for (const Need &need : job.needs) {
        const Request &made = plan.jobs[need.job].request;
        if (request.call == Call::Check) { // Nothing is built: any folder will do as a base that is there.
            request.contexts.emplace_back(need.image, request.context);
            continue;
        }
        const bool pushed = made.output.kind == OutputKind::Push && !digests[need.job].empty();
        request.contexts.emplace_back(
            need.image,
            "docker-image://" + (pushed ? repositoryOf(made) + "@" + digests[need.job] : made.images.front()));
    }
    return request;
}

std::vector<std::string> manifestArguments(const PlannedManifest &manifest, const ImagePlan &plan,
                                           const std::vector<std::string> &digests)
{
    std::vector<std::string> words = {"buildx", "imagetools", "create", "--tag", manifest.image};
    if (!manifest.releaseImage.empty())
        words.insert(words.end(), {"--tag", manifest.releaseImage});
    for (const std::size_t job : manifest.jobs) {
        const Request &request = plan.jobs[job].request;
        words.push_back(repositoryOf(request) + "@"
                        + (digests[job].empty() ? "DIGEST-OF-" + request.platformTag : digests[job]));
    }
    return words;
}

std::vector<std::string> existsArguments(const std::string &image)
{
    return {"buildx", "imagetools", "inspect", "--", image};
}

std::string describePlan(const ImagePlan &plan)
{
    std::string text;
    const std::vector<std::string> none(plan.jobs.size());
    for (const ExternalImage &external : plan.externals)
        text += "docker " + text::shellLine(existsArguments(external.image)) + "\n";
    for (const PlannedJob &job : plan.jobs)
        text += text::shellLine(commandLine(withNeeds(job, plan, none))) + "\n";
    for (const PlannedManifest &manifest : plan.manifests)
        text += "docker " + text::shellLine(manifestArguments(manifest, plan, none)) + "\n";
    return text;
}

} // namespace runner::build
