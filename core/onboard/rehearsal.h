// What the rehearsal of images has to know of new ones. Private to this folder.
#pragma once

#include "onboard/answers.h"
#include "onboard/draft.h"

namespace runner::onboard {

/// The pack centre rehearses its images: it has scripts/rehearse and tests/e2e/rehearsal.
bool rehearses(const workspace::Workspace &centre);

/// Descriptions have a place there: the folder for them is one, or can be made.
bool describes(const workspace::Workspace &centre);

/// The file that tells the rehearsal of a backend, relative to the root: tests/e2e/rehearsal/described/BACKEND.json.
std::string descriptionOf(const std::string &backend);

/// Where the pack centre rehearses its images, describes the new targets and what their base image stands for, and adds
/// the next step; a remark where descriptions have no place. Elsewhere does nothing.
void describeRehearsal(ProposalDraft &draft, const BackendAnswers &answers);
void describeRehearsal(ProposalDraft &draft, const ServiceAnswers &answers);

} // namespace runner::onboard
