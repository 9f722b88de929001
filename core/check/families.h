// The families of checks. Each appends what it finds, in no particular order; the same finding may come twice.
#pragma once

#include "check/knownimages.h"
#include "check/subject.h"
#include "expand/rulejobs.h"

#include <string>
#include <vector>

namespace runner::check {

// Of one rule, whatever the others are. Messages call it thisRule.
void checkRule(const RuleSubject &subject, Problems &problems);
void checkArguments(const RuleSubject &subject, Problems &problems);
void checkCase(const RuleSubject &subject, Problems &problems);
/// \a bases: what KnownImages has to look at when all rules are known.
void checkBaseImages(const RuleSubject &subject, std::vector<OwnBase> &bases, Problems &problems);
/// Names of the arguments without which a rule cannot be built, ascending.
std::vector<std::string> blanksOf(const expand::RuleJobs &jobs);
void checkBlanks(const matrix::Rule &rule, const std::vector<std::string> &blanks, Problems &problems);

// Of the whole.
void checkFolders(const Subject &subject, Problems &problems);
void checkTags(const Subject &subject, const expand::Expansion &expansion, Problems &problems);

// Of what is released.
void checkReleasedNames(const Subject &subject, Problems &problems);
void checkRunners(const Subject &subject, Problems &problems);

} // namespace runner::check
