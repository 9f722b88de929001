// The stages of a new service, and the arguments that they bring. Private to this folder.
#pragma once

#include "onboard/answers.h"
#include "onboard/comment.h"

#include <string>
#include <vector>

namespace runner::onboard {

/// A service in the Dockerfile of one backend.
struct ServiceInBackend
{
    std::string backend;
    std::string home;      ///< Folder of the toolkit that a vendor may have called otherwise; empty: none of interest.
    ServiceAnswer service; ///< With its base image, or that of the runtime, and its stages filled in.
    std::string shownName;
    bool ownBase = false;                  ///< The base image is not the backend's runtime image.
    bool common = true;                    ///< pack/common is there.
    std::vector<ArgumentAnswer> arguments; ///< Those named after the service.
};

/// The global arguments of the service: base image (where a stage uses it), version, and the further ones.
std::vector<NewArgument> argumentsOf(const ServiceInBackend &part);

/// What the header's list of steps says of it.
std::string stepOf(const ServiceInBackend &part);

/// Its stages, each with a line end, without a blank line around them.
std::string stagesOf(const ServiceInBackend &part);

/// Whether a text speaks of the argument as a word.
bool mentions(const std::string &text, const std::string &argument);

/// ARG and ENV lines that keep arguments in the environment of an image; empty where there are none.
std::string environmentOf(const std::vector<std::string> &arguments);

/// ARG lines of arguments that nothing uses, with the comment that says so; empty where there are none.
std::string placeholders(const std::vector<std::string> &arguments);

/// "RUN … <<EOF", the commands as lines of the heredoc, and its end; with pack/common where \a common.
std::string runStep(bool common, const std::vector<std::string> &commands);

} // namespace runner::onboard
