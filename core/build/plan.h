// A selection of images as builds in order, and what is made of their results. Pure functions over values.
#pragma once

#include "build/request.h"
#include "catalog/record.h"
#include "expand/plan.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace runner::build {

/// A job builds on an image that another job of the plan makes.
struct Need
{
    std::size_t job = 0; ///< Index into the plan's jobs; for the same platform.
    std::string image;   ///< As the FROM names it.
};

struct PlannedJob
{
    Request request;
    std::vector<Need> needs;
    std::optional<catalog::Record>
        released; ///< What the catalogue gets when the image is released; absent where it is not.
};

/// One image for all platforms, made of the images of its jobs.
struct PlannedManifest
{
    std::string image;             ///< "gpustack/runner:cuda12.9-vllm0.17.1-dev"
    std::string releaseImage;      ///< The final name that it gets as well; may be empty.
    std::vector<std::size_t> jobs; ///< In the order of the rule's platforms.
};

/// An image of this pack centre that a job builds on and no job makes.
struct ExternalImage
{
    std::string image;
    std::vector<std::string> neededBy; ///< Platform tags.
};

/// What a plan was made of, to change it and make it again. Carrying it out needs none of this.
struct PlanOrigin
{
    std::vector<std::string> tags;      ///< Platform tags of the chosen images, as the rules name them.
    std::vector<std::string> arguments; ///< NAME=VALUE, given besides the rules'.
    std::string postOperation;          ///< Whose rules; empty: the matrix's.
};

struct ImagePlan
{
    std::vector<PlannedJob> jobs; ///< A job stands behind those that it needs.
    std::vector<PlannedManifest> manifests;
    std::vector<ExternalImage> externals;
    PlanOrigin origin; ///< Of a plan that somebody has put together; else empty.
};

struct PlanOptions
{
    bool manifests = false; ///< A manifest for each tag; needs the images to be pushed.
    bool release = false;   ///< Also under the tag without "-dev".
    /// Whose rules the jobs are of: a manifest without one of its rule's platforms is refused then. Null: not asked.
    const matrix::Matrix *matrix = nullptr;
    bool linked = false; ///< One call builds them all and hands images on: what is needed need not be kept.
};

/// The plan of jobs and their requests (makeRequest), in their order as far as needs allow. Whether an image is one of
/// the centre's shows in its name: NAMESPACE/REPOSITORY:TAG of \a naming. Errors: plan-base-not-kept where a job needs
/// another's image, which is neither pushed nor loaded; plan-not-pushed where manifests are wanted;
/// plan-manifest-partial; plan-circular.
Result<ImagePlan> makePlan(const std::vector<expand::Job> &jobs, std::vector<Request> requests,
                           const matrix::ImageNaming &naming, const PlanOptions &options);

/// Images that the stages of the job's target begin with, as evaluated, in file order, each once.
std::vector<std::string> baseImages(const expand::Job &job);

/// The request with the images it needs replaced by what was really built: \a digests are those of the plan's jobs, by
/// index, empty where there is none. In a dry run, which builds nothing, a folder stands in their place.
Request withNeeds(const PlannedJob &job, const ImagePlan &plan, const std::vector<std::string> &digests);

/// Arguments behind `docker`: makes \a manifest of the digests that its jobs have given, under all its names.
/// "DIGEST-OF-TAG" stands for one that is not there yet.
std::vector<std::string> manifestArguments(const PlannedManifest &manifest, const ImagePlan &plan,
                                           const std::vector<std::string> &digests);

/// Arguments behind `docker`: whether an image is there.
std::vector<std::string> existsArguments(const std::string &image);

/// Every command of the plan in order, a shell's line each.
std::string describePlan(const ImagePlan &plan);

} // namespace runner::build
