// The sub-command onboard, and what it prints.
#pragma once

#include "command.h"
#include "onboard/proposal.h"

#include <string>

namespace runner::ctl {

/// onboard backend, onboard service.
void addOnboardCommand(CLI::App &app, Context &context);

/// Everything about a proposal but its diff, as lines: what happens to the images, findings, remarks, next steps.
std::string summaryText(const onboard::Proposal &proposal);

/// The proposal with its files, diffs and texts (docs/json.md).
std::string proposalJson(const onboard::Proposal &proposal, bool written);

} // namespace runner::ctl
