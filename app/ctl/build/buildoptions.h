// What the commands around builds share: which images, and how they are built.
#pragma once

#include "build/request.h"
#include "command.h"
#include "jobfinder.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner::ctl {

struct BuildOptions
{
    std::vector<std::string> tags;
    std::vector<std::string> given; ///< --arg
    std::string platform;
    bool push = false;
    bool load = false;
    std::string output;
    bool noCacheFrom = false;
    std::string cacheTo = "with-push";
    bool check = false;
    bool forRelease = false;
    std::vector<std::string> entitlements;
    std::vector<std::string> ulimits;
    std::vector<std::string> contexts;
    std::optional<std::string> nameSpace;
    std::optional<std::string> repository;
    std::optional<std::string> cacheRepository;
    build::Options build; ///< The options that are taken as they are.
};

/// Declares TAG… and the options of a build.
std::shared_ptr<BuildOptions> addBuildOptions(CLI::App *command, Context &context);

/// The requests of the images asked for, or the exit code that the program ends with after what was reported.
struct Requests
{
    std::vector<build::Request> requests; ///< In the order of the tags, in each in the order of the rule's platforms.
    int code = Done;
    std::vector<expand::Job> jobs = {}; ///< What they are made of, in the same order; valid as long as the workspace.
    matrix::ImageNaming naming = {};
    const matrix::Matrix *matrix = nullptr; ///< Of the jobs' rules.
};

Requests makeRequests(Context &context, const BuildOptions &options);

/// Prints them as a file for bake; the exit code.
int printBake(Context &context, const Requests &requests);

} // namespace runner::ctl
