// The families of checks. Each appends what it finds, in no particular order; the same finding may come twice.
#pragma once

#include "check/subject.h"

namespace runner::check {

void checkRules(const Subject &subject, Problems &problems);
void checkArguments(const Subject &subject, Problems &problems);
void checkTags(const Subject &subject, Problems &problems);
void checkBaseImages(const Subject &subject, Problems &problems);
void checkRunners(const Subject &subject, Problems &problems);

} // namespace runner::check
