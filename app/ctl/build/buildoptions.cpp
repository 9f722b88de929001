#include "build/buildoptions.h"

#include "build/bake.h"
#include "build/limits.h"
#include "expand/explain.h"
#include "known.h"

#include <algorithm>
#include <filesystem>

namespace runner::ctl {

namespace {

namespace fs = std::filesystem;

constexpr const char *archivePrefix = "oci=";

std::string checkContext(const std::string &text)
{
    const std::size_t equals = text.find('=');
    return equals == std::string::npos || equals == 0 ? "'" + text + "' is no build context: write NAME=VALUE"
                                                      : std::string();
}

std::string checkOutput(const std::string &text)
{
    const bool archive = text.starts_with(archivePrefix) && text.size() > std::string_view(archivePrefix).size();
    return archive || text == "nothing" ? std::string() : "'" + text + "' is no output: write oci=FILE or nothing";
}

void addText(CLI::App *command, const char *name, std::optional<std::string> &value, const char *description)
{
    command->add_option(name, value, description)->option_text("NAME");
}

void addSelection(CLI::App *command, Context &context, BuildOptions &options)
{
    CLI::Option *tags =
        command->add_option("TAG", options.tags, "Tags, with or without -dev or platform, or image names")
            ->required()
            ->allow_extra_args();
    context.setCompleter(tags, completer(knownTags));
    addArgumentOption(command, options.given);
    context.setCompleter(command->add_option("--platform", options.platform, "Only this platform, as linux/amd64")
                             ->option_text("PLATFORM"),
                         completer(knownPlatforms));
    command->add_option("--post-operation", options.build.postOperation, "Rules of a folder below pack/.post_operation")
        ->option_text("NAME");
    command->add_flag("--for-release", options.forRelease, "Tags of all platforms without -dev");
}

void addOutputs(CLI::App *command, BuildOptions &options)
{
    CLI::Option *push = command->add_flag("--push", options.push, "Push the image to the registry that its name has");
    CLI::Option *load = command->add_flag("--load", options.load, "Load the image into the local store");
    CLI::Option *output =
        command
            ->add_option("--output", options.output,
                         "An OCI archive (a folder's name: PLATFORM-TAG.tar in it), or nothing but cache (nothing)")
            ->check(CLI::Validator(checkOutput, ""))
            ->option_text("oci=FILE|nothing");
    push->excludes(load)->excludes(output);
    load->excludes(output);
    command->add_flag("--check,--dry-run", options.check, "Only BuildKit's checks of the Dockerfile, no build");
}

void addCaching(CLI::App *command, Context &context, BuildOptions &options)
{
    command->add_flag("--no-cache", options.build.noCache, "Run every step anew");
    command->add_flag("--no-cache-from", options.noCacheFrom, "Do not use the cache images in the registry");
    addChoice(command, context, "--cache-to", options.cacheTo, {"with-push", "always", "never"},
              "When to write the cache images (with-push)");
    command->add_flag("--pull", options.build.pull, "Look for newer base images");
}

void addNaming(CLI::App *command, BuildOptions &options)
{
    addText(command, "--namespace", options.nameSpace, "Namespace of the images, with its registry (the matrix's)");
    addText(command, "--repository", options.repository, "Repository of the images (the matrix's)");
    addText(command, "--cache-repository", options.cacheRepository, "Repository of the cache images (the matrix's)");
}

void addMachine(CLI::App *command, BuildOptions &options)
{
    command->add_option("--builder", options.build.builder, "The builder (docker's current one)")->option_text("NAME");
    addRepeatable(command, "--allow", options.entitlements,
                  "Entitlements instead of network.host and security.insecure; none (repeatable)")
        ->option_text("NAME");
    addRepeatable(command, "--ulimit", options.ulimits, "Limits instead of nofile=65536:65536; none (repeatable)")
        ->check(CLI::Validator(
            [](const std::string &text) { return text == "none" ? std::string() : build::ulimitError(text); }, ""))
        ->option_text("NAME=SOFT:HARD");
    command->add_option("--shm-size", options.build.sharedMemory, "Size of /dev/shm (16g)")
        ->check(CLI::Validator([](const std::string &text) { return build::sizeError(text); }, ""))
        ->option_text("SIZE");
    addRepeatable(command, "--build-context", options.contexts, "A named context beside pack/common (repeatable)")
        ->check(CLI::Validator(checkContext, ""))
        ->option_text("NAME=VALUE");
    command->add_flag("--provenance", options.build.provenance, "Attach a provenance attestation");
    command->add_flag("--sbom", options.build.sbom, "Attach a software bill of materials");
}

/// The default where nothing is given, nothing for "none".
void replaceIfGiven(std::vector<std::string> &values, const std::vector<std::string> &given)
{
    if (given.empty())
        return;
    values.clear();
    std::copy_if(given.begin(), given.end(), std::back_inserter(values),
                 [](const auto &value) { return value != "none"; });
}

build::Options buildOptions(const BuildOptions &given, const matrix::ImageNaming &naming)
{
    using CacheTo = build::Options::CacheTo;
    build::Options options = given.build;
    options.naming = naming;
    options.naming.nameSpace = given.nameSpace.value_or(naming.nameSpace);
    options.naming.repository = given.repository.value_or(naming.repository);
    options.naming.cacheRepository = given.cacheRepository.value_or(naming.cacheRepository);
    options.cacheFrom = !given.noCacheFrom;
    options.cacheTo = given.cacheTo == "always"  ? CacheTo::Always
                      : given.cacheTo == "never" ? CacheTo::Never
                                                 : CacheTo::WithPush;
    options.call = given.check ? build::Call::Check : build::Call::Build;
    replaceIfGiven(options.entitlements, given.entitlements);
    replaceIfGiven(options.ulimits, given.ulimits);
    for (const std::string &context : given.contexts)
        options.contexts.emplace_back(context.substr(0, context.find('=')), context.substr(context.find('=') + 1));
    if (given.push)
        options.output.kind = build::OutputKind::Push;
    else if (given.load)
        options.output.kind = build::OutputKind::Load;
    else if (given.output.starts_with(archivePrefix))
        options.output = {build::OutputKind::Archive,
                          fs::absolute(given.output.substr(std::string_view(archivePrefix).size())).string()};
    return options;
}

bool isFolder(const std::string &path)
{
    std::error_code error;
    return path.ends_with('/') || fs::is_directory(path, error);
}

/// Whether the jobs could be found; adds them to \a jobs, each once.
bool findJobs(Context &context, const workspace::Workspace &workspace, const JobFinder &finder,
              const BuildOptions &options, std::vector<const expand::Job *> &jobs)
{
    for (const std::string &tag : options.tags) {
        const FoundJobs found = finder.find(tag);
        context.report(found.problems);
        if (found.jobs.empty()) {
            context.reportReadingErrors({workspace.matrixFile});
            finder.reportMissing(context, tag);
            return false;
        }
        const std::size_t before = jobs.size();
        bool anyPlatform = false;
        for (const expand::Job *job : found.jobs) {
            const bool wanted = options.platform.empty() || job->platform == options.platform;
            anyPlatform |= wanted;
            if (wanted && std::find(jobs.begin(), jobs.end(), job) == jobs.end())
                jobs.push_back(job);
        }
        if (before == jobs.size() && !anyPlatform) {
            context.message("no rule gives '" + plainTag(tag) + "' for " + options.platform);
            return false;
        }
    }
    return true;
}

/// Docker itself only warns of these, among everything else that a build writes.
void tellUnknownArguments(const Context &context, const std::vector<std::string> &given,
                          const std::vector<const expand::Job *> &jobs)
{
    for (const std::string &argument : given) {
        const std::string name = argument.substr(0, argument.find('='));
        const bool known = dockerfile::isPredefinedArgument(name) || name.starts_with("BUILDKIT_")
                           || std::any_of(jobs.begin(), jobs.end(), [&name](const expand::Job *job) {
                                  return expand::knowsArgument(*job, name);
                              });
        if (!known)
            context.message("no Dockerfile of these images knows the argument " + name);
    }
}

} // namespace

std::shared_ptr<BuildOptions> addBuildOptions(CLI::App *command, Context &context)
{
    auto options = std::make_shared<BuildOptions>();
    addSelection(command, context, *options);
    addOutputs(command, *options);
    addCaching(command, context, *options);
    addNaming(command, *options);
    addMachine(command, *options);
    return options;
}

Requests makeRequests(Context &context, const BuildOptions &given)
{
    const workspace::Workspace *workspace = context.workspace(given.build.postOperation);
    if (!workspace)
        return {{}, Unreadable};
    const JobFinder finder(*workspace, given.given, given.forRelease);
    std::vector<const expand::Job *> jobs;
    if (!findJobs(context, *workspace, finder, given, jobs))
        return {{}, Failed};
    tellUnknownArguments(context, given.given, jobs);
    const build::Options options = buildOptions(given, workspace->matrix.image);
    const bool intoFolder = options.output.kind == build::OutputKind::Archive && isFolder(options.output.file);
    if (options.output.kind == build::OutputKind::Archive && !intoFolder && jobs.size() > 1)
        return {{},
                context.usage("one archive cannot hold " + std::to_string(jobs.size())
                              + " images; name a folder, or choose one with --platform")};
    Requests result;
    result.naming = options.naming;
    result.matrix = &workspace->matrix;
    for (const expand::Job *job : jobs) {
        auto request = build::makeRequest(workspace->root.string(), *job, options);
        if (!request) {
            context.report(request.error());
            return {{}, Failed};
        }
        if (intoFolder)
            request->output.file = (fs::path(options.output.file) / (job->platformTag + ".tar")).string();
        result.requests.push_back(std::move(*request));
        result.jobs.push_back(*job);
    }
    return result;
}

int printBake(Context &context, const Requests &requests)
{
    build::PlanOptions options;
    options.linked = true;
    const auto plan = build::makePlan(requests.jobs, requests.requests, requests.naming, options);
    if (!plan) {
        context.report(plan.error());
        return Failed;
    }
    context.print(build::bakeFile(*plan));
    return Done;
}

} // namespace runner::ctl
