// runnerctl args: where the arguments of one image come from.
#include "argstable.h"
#include "command.h"
#include "expand/json.h"
#include "known.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace runner::ctl {

namespace {

using expand::Job;
using expand::Plan;

struct ArgsArguments
{
    std::string tag;
    std::vector<std::string> given;
    std::string format = "text";
    bool verbose = false;
};

/// The jobs of one image: one per platform, in the rule's order.
struct Found
{
    std::vector<const Job *> jobs;
    Problems problems;
};

/// The tag without "-dev" of a tag or a whole image name.
std::string plainTag(std::string name)
{
    name.resize(std::min(name.find('@'), name.size()));
    const std::size_t colon = name.rfind(':');
    const std::size_t slash = name.rfind('/');
    if (colon != std::string::npos && (slash == std::string::npos || colon > slash))
        name.erase(0, colon + 1);
    if (name.ends_with("-dev"))
        name.resize(name.size() - 4);
    return name;
}

std::array<Plan, 2> plansOf(const workspace::Workspace &workspace, const std::vector<std::string> &given)
{
    std::array<Plan, 2> plans;
    expand::Options options;
    options.arguments = given;
    options.forRelease = true;
    plans[0] = expand::expand(workspace.matrix, workspace.lookup(), options);
    options.target = expand::runtimeTarget;
    plans[1] = expand::expand(workspace.matrix, workspace.lookup(), options);
    return plans;
}

/// A plan lists a rule's platforms from the last to the first.
Found findJobs(const std::array<Plan, 2> &plans, const std::string &tag)
{
    Found found;
    for (const Plan &plan : plans) {
        for (const Job &job : plan.jobs) {
            if (job.tag == tag || job.platformTag == tag)
                found.jobs.insert(found.jobs.begin(), &job);
        }
        if (!found.jobs.empty()) {
            std::copy_if(plan.problems.begin(), plan.problems.end(), std::back_inserter(found.problems),
                         [&](const Problem &p) { return p.message.find(found.jobs[0]->tag) != std::string::npos; });
            break;
        }
    }
    return found;
}

std::size_t editDistance(const std::string &a, const std::string &b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

std::vector<std::string> nearestTags(const std::array<Plan, 2> &plans, const std::string &tag)
{
    constexpr std::size_t most = 5;
    constexpr std::size_t comparedBytes = 256;
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const Plan &plan : plans) {
        for (const expand::ManifestJob &job : plan.manifests) {
            const bool begins = job.tag.starts_with(tag);
            ranked.emplace_back(begins ? 0 : editDistance(tag.substr(0, comparedBytes), job.tag.substr(0, comparedBytes)),
                                job.tag);
        }
    }
    std::sort(ranked.begin(), ranked.end());
    ranked.resize(std::min(ranked.size(), most));
    std::vector<std::string> tags;
    for (auto &[distance, name] : ranked)
        tags.push_back(std::move(name));
    return tags;
}

int reportMissing(const Context &context, const std::array<Plan, 2> &plans, const std::string &tag)
{
    const std::vector<std::string> nearest = nearestTags(plans, tag);
    context.message("no rule gives the image '" + tag + "'"
                    + (nearest.empty() ? "" : "; the nearest are: " + CLI::detail::join(nearest, ", ")));
    return Failed;
}

/// Arguments may depend on the platform; the first one's are shown.
void tellOtherPlatforms(const Context &context, const Found &found, const std::string &shown)
{
    for (const Job *job : found.jobs) {
        if (expand::toJson(expand::explain(*job)) != shown)
            context.message("the values are those of " + found.jobs[0]->platform + "; for " + job->platform
                            + " ask for " + job->platformTag);
    }
}

std::string headline(const workspace::Workspace &workspace, const Job &job)
{
    const matrix::Rule &rule = workspace.matrix.rules.at(job.rule);
    Location where = rule.where;
    where.column = 0;
    return job.tag + " on " + job.platform + ": rule " + std::to_string(rule.number) + " ("
        + diagnostics::describe(where) + "), stage " + job.service + " of " + job.dockerfile->fileName;
}

int runArgs(Context &context, const ArgsArguments &arguments)
{
    const workspace::Workspace *workspace = context.workspace();
    if (!workspace)
        return Unreadable;
    const std::array<Plan, 2> plans = plansOf(*workspace, arguments.given);
    const std::string tag = plainTag(arguments.tag);
    Found found = findJobs(plans, tag);
    if (found.jobs.empty()) {
        context.reportReadingErrors({workspace->matrixFile});
        return reportMissing(context, plans, tag);
    }
    const Job &job = *found.jobs.front();
    const auto explained = expand::explain(job, &found.problems);
    const std::string json = expand::toJson(explained);
    context.print(arguments.format == "json" ? json : argumentsTable(explained, arguments.verbose));
    if (arguments.format == "text")
        context.message(headline(*workspace, job));
    tellOtherPlatforms(context, found, json);
    const bool readingErrors = context.reportReadingErrors({workspace->matrixFile, job.dockerfile->fileName});
    context.report(found.problems);
    return readingErrors || diagnostics::hasErrors(found.problems) ? Failed : Done;
}

} // namespace

void addArgsCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<ArgsArguments>();
    CLI::App *command = app.add_subcommand("args", "Explain the build arguments of an image");
    context.setCompleter(
        command->add_option("TAG", arguments->tag, "A tag, with or without -dev or platform, or an image name")->required(),
        completer(knownTags));
    addArgumentOption(command, arguments->given);
    addChoice(command, context, "--format", arguments->format, {"text", "json"}, "How to print them (text)");
    command->add_flag("-v,--verbose", arguments->verbose, "Also every place that had a say");
    onRun(command, context, [&context, arguments] { return runArgs(context, *arguments); });
}

} // namespace runner::ctl
