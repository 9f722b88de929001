// What the rehearsal of images has to know of new ones. Private to this folder.
#pragma once

#include "onboard/answers.h"
#include "onboard/draft.h"

namespace runner::onboard {

/// Where the pack centre rehearses its images (it has scripts/rehearse and tests/e2e/rehearsal), describes the new
/// targets and what their base image stands for in tests/e2e/rehearsal/described/BACKEND.json, and adds the next step.
/// Elsewhere does nothing.
void describeRehearsal(ProposalDraft &draft, const BackendAnswers &answers);
void describeRehearsal(ProposalDraft &draft, const ServiceAnswers &answers);

} // namespace runner::onboard
