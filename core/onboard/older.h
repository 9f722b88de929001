// The files of the older layout that name every backend or service besides matrix and Dockerfiles. Private to this
// folder.
#pragma once

#include "onboard/answers.h"
#include "onboard/draft.h"

namespace runner::onboard {

/// Adds the new names to the choices of the workflows pack, discard and prune, to the image pattern in runner.py and to
/// the choices of the command line. A name that is there already changes nothing; a file that does not look as expected
/// stays as it is and is told as a remark (onboard-unexpected-file, onboard-file-missing).
void patchOlderFiles(ProposalDraft &draft, const BackendAnswers &answers);
void patchOlderFiles(ProposalDraft &draft, const ServiceAnswers &answers);

} // namespace runner::onboard
