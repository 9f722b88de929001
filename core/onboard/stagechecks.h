// What is wrong with stages that a contributor writes. Private to this folder.
#pragma once

#include "dockerfile/dockerfile.h"
#include "onboard/fieldcheck.h"

#include <optional>
#include <set>
#include <string>

namespace runner::onboard {

/// Where the text will stand: at the end of a Dockerfile.
struct StagePlace
{
    std::string service;                  ///< Whose stages they are; empty: its identifier is wrong.
    std::set<std::string> above;          ///< Stages that are there already, in lower case.
    bool common = false;                  ///< Builds get the context of the shared scripts.
    std::set<std::string> arguments = {}; ///< Global ones, which FROM may refer to; none: an identifier is wrong.
    bool versionInBase = false;           ///< The name of the service's base image holds its version.
};

/// The line, from 1, at which the last instruction goes on without anything that follows; nothing where the text ends
/// well.
std::optional<int> openLine(const dockerfile::Dockerfile &file);

/// Dockerfile text of stages only, that reads the same where it will stand: every stage is named after the service,
/// what it takes from is a stage, a context or an image with a tag, what FROM refers to is an argument, it ends where
/// its last instruction does, and nothing in it is hidden. Errors: onboard-empty, onboard-too-long, onboard-bad-stages
/// with the line of the text, onboard-stage-there. Warning: onboard-version-unused.
void checkStages(FieldCheck &check, const std::string &field, const std::string &stages, const StagePlace &place);

} // namespace runner::onboard
