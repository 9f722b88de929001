// The images that a Dockerfile is for, and what a build of one would see. Pure functions over values; no widget.
#pragma once

#include "dockerfile/evaluation.h"
#include "expand/explain.h"
#include "workspace/loadedworkspace.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace runner::ui {

using DockerfilePointer = std::shared_ptr<const dockerfile::Dockerfile>;

/// The jobs of its plans point into it.
struct PackCentre
{
    LoadedPointer loaded;

    const workspace::Workspace &workspace() const { return *loaded->workspace; }
};
using PackCentrePointer = std::shared_ptr<const PackCentre>;

PackCentrePointer makePackCentre(const LoadedPointer &loaded);

/// One image: its jobs, one for each platform. An image that lacks a version has a sentence instead of a tag.
struct PackImage
{
    QString title;
    std::vector<const expand::Job *> jobs;
};

/// Images of a Dockerfile by its path, services' in the order of the rules, then runtimes'; each once.
std::vector<PackImage> imagesOf(const PackCentre &centre, const std::string &file);

struct Preview
{
    expand::Job job; ///< With the typed arguments; its Dockerfile is the one that was given.
    std::vector<expand::ExplainedArgument> arguments;
    dockerfile::Evaluation evaluation; ///< Of the job's Dockerfile.
    std::vector<bool> neededStages;    ///< By stage; empty for a target that the Dockerfile does not have.
    QString tag;                       ///< The platform's tag; empty where the command is missing.
    QString command;                   ///< Over several lines.
    QString commandLine;               ///< As `runnerctl command` prints it.
    QString obstacle;                  ///< Why there is no command; empty where there is one.
};

/// \a live replaces the file of the same name, for instance with text that is not saved yet; may be null, and must
/// outlive the preview.
Preview previewOf(const PackCentre &centre, const expand::Job &job, const std::vector<std::string> &overrides,
                  const dockerfile::Dockerfile *live);

} // namespace runner::ui
