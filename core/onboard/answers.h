// What a contributor answers when a backend or a service is onboarded. Plain values, as typed: validate() says what is
// wrong with them.
#pragma once

#include "dockerfile/dockerfile.h"
#include "matrix/matrix.h"
#include "workspace/workspace.h"

#include <string>
#include <vector>

namespace runner::onboard {

/// How a service gets into its image.
enum class Installation {
    Contained, ///< The base image holds it; the build fails where its version is not the one of the tag.
    Packages,  ///< Installed from the Python package index.
    OwnStages, ///< By stages that the contributor writes.
};

/// "contained", "packages" or "own-stages", as in a spec.
const char *installationName(Installation installation);

/// A build argument besides those that the convention asks for.
struct ArgumentAnswer
{
    std::string name; ///< {BACKEND}_… or {SERVICE}_…, in capitals.
    dockerfile::Need need = dockerfile::Need::Optional;
    std::string defaultText; ///< As it will stand behind "="; empty: none.
    std::string comment;     ///< What it is for: a sentence.

    bool operator==(const ArgumentAnswer &) const = default;
};

/// A service and how it gets into the image.
struct ServiceAnswer
{
    std::string id;
    std::string name;                  ///< As shown; empty: what the matrix calls it, or the identifier.
    std::vector<std::string> versions; ///< The first is the Dockerfile's default; further ones get rules of their own.
    Installation installation = Installation::Contained;
    std::string package;   ///< The Python distribution, of Contained and Packages; empty: the identifier.
    std::string baseImage; ///< Empty: the backend's runtime image. May refer to arguments: "${VLLM_VERSION}".
    std::string stages; ///< Of OwnStages: Dockerfile text from a FROM on, whose last stage is named after the service.

    /// The Python distribution's name.
    const std::string &packageName() const { return package.empty() ? id : package; }

    bool operator==(const ServiceAnswer &) const = default;
};

struct BackendAnswers
{
    std::string id;                    ///< As in tags and below pack/: "neuware".
    std::string name;                  ///< Display name: "Cambricon Neuware".
    std::string title;                 ///< Vendor's short title, as in "CANN Version"; empty: the name.
    std::string home;                  ///< Folder of the toolkit inside the images: "/usr/local/neuware".
    std::vector<std::string> versions; ///< Full ones; the first is the Dockerfile's default.
    std::string python = "3.12";       ///< Python of the runtime, as X.Y.
    std::string
        baseImage; ///< Of the runtime: the vendor's or a public one. May refer to arguments: "${NEUWARE_VERSION}".
    std::string variantArgument; ///< The argument that names the variant; empty where there are no variants.
    std::vector<matrix::Variant> variants;
    std::vector<std::string> platforms = matrix::defaultPlatforms();
    std::vector<ServiceAnswer> services;
    std::vector<ArgumentAnswer> arguments;
    std::vector<matrix::Note> notes;

    const std::string &shownTitle() const { return title.empty() ? name : title; }

    bool operator==(const BackendAnswers &) const = default;
};

/// A backend that gets the service.
struct ServiceTarget
{
    std::string backend;
    std::string baseImage;              ///< Empty: the service's, else the backend's runtime image.
    std::string stages;                 ///< Empty: the service's.
    std::vector<std::string> versions;  ///< Of the backend; empty: the Dockerfile's default alone.
    std::vector<std::string> variants;  ///< Of the backend; empty: all of them.
    std::vector<std::string> platforms; ///< Empty: those of the backend's first rule, else the default ones.

    bool operator==(const ServiceTarget &) const = default;
};

struct ServiceAnswers
{
    ServiceAnswer service;
    std::vector<ServiceTarget> backends;
    std::vector<ArgumentAnswer> arguments;

    bool operator==(const ServiceAnswers &) const = default;
};

/// Answers like those that an existing backend would have given, as far as its Dockerfile and rules tell them, with
/// what has to differ left empty (identifier, name, title, home, versions, base image) and arguments named after the
/// new identifier; after the existing backend where \a newId is empty. Nothing for a backend that is not there.
BackendAnswers answersLike(const workspace::Workspace &centre, const std::string &backend,
                           const std::string &newId = {});

/// Answers that begin anew from those of a model.
struct TakenOver
{
    BackendAnswers answers;
    BackendAnswers given; ///< What the model gave of them: the \a before of the next time.
};

/// What is still as \a before gave it becomes as \a model gives it, and everything that was typed since stays: fields,
/// and in lists what has an identifier or name of its own (in the order of \a model, what was added behind it). All
/// three are named after the same identifier.
TakenOver takenOver(const BackendAnswers &typed, const BackendAnswers &before, const BackendAnswers &model);

/// What empty answers about a backend mean: the versions, variants (none where it has none) and platforms that it gets
/// then. Base image and stages are left empty.
ServiceTarget usualTarget(const workspace::Workspace &centre, const std::string &backend);

/// Arguments of a backend that answersLike() leaves out, since its stages and images have them for what is not taken
/// over; in the order of its Dockerfile.
std::vector<std::string> argumentsLeftOut(const workspace::Workspace &centre, const std::string &backend);

/// The same answers with what was named after the identifier \a from named after \a to: arguments, and every word that
/// refers to one. The identifier itself stays.
BackendAnswers renamedAfter(BackendAnswers answers, const std::string &from, const std::string &to);

} // namespace runner::onboard
