// The families of the convention's checks. Each appends what it finds.
#pragma once

#include "check/convention/subject.h"

namespace runner::check::convention {

void checkHeader(const Subject &subject, Findings &findings);
void checkArgumentNames(const Subject &subject, Findings &findings);
void checkReferences(const Subject &subject, Findings &findings);
void checkCommands(const Subject &subject, Findings &findings);
void checkShells(const Subject &subject, Findings &findings);
void checkStages(const Subject &subject, Findings &findings);
void checkStageNames(const Subject &subject, Findings &findings);
void checkStageArguments(const Subject &subject, Findings &findings);
void checkEnvironment(const Subject &subject, Findings &findings);
void checkSources(const Subject &subject, Findings &findings);
void checkScripts(const Subject &subject, Findings &findings);
void checkLineEnds(const Subject &subject, Findings &findings);
void checkImageNames(const Subject &subject, Findings &findings);

} // namespace runner::check::convention
