// What the checks say of one rule. The same rule gives the same wherever it stands, so reports are shared.
#pragma once

#include "check/knownimages.h"
#include "check/subject.h"

#include <memory>
#include <string>
#include <vector>

namespace runner::check {

/// Lines in the rule's file count from the rule's own line, and messages call it thisRule.
struct RuleReport
{
    std::string key;              ///< Of the rule.
    expand::RuleJobsPointer jobs; ///< For release, of all services.
    std::vector<std::string> blanks;
    std::vector<OwnBase> bases;
    Problems problems;
};

using RuleReportPointer = std::shared_ptr<const RuleReport>;

/// Equal for rules that say the same, with their parts in the same places counted from the rule's line.
std::string keyOf(const matrix::Rule &rule);

RuleReportPointer reportOn(const Subject &subject, const matrix::Rule &rule);

/// A problem of a report where the rule stands now.
Problem placed(Problem problem, const matrix::Rule &rule);
OwnBase placed(OwnBase base, const matrix::Rule &rule);
/// The problem with the rule's name in the place of thisRule.
Problem named(Problem problem, const matrix::Rule &rule);

} // namespace runner::check
