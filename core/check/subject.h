// What the checks look at: a workspace, its plan, and every build target with its arguments evaluated.
#pragma once

#include "dockerfile/evaluation.h"
#include "image/imagename.h"
#include "workspace/workspace.h"

#include <map>
#include <string>
#include <vector>

namespace runner::check {

/// One service of one rule on one platform. Pointers lead into the workspace.
struct Target
{
    const matrix::Rule *rule = nullptr;
    std::string service;
    std::string platform;
    const dockerfile::Dockerfile *file = nullptr;
    dockerfile::Variables overrides;
    dockerfile::Evaluation evaluation;
    std::map<std::string, std::vector<std::string>> uses;

    /// What the build sees: the rule's value, else the Dockerfile's; empty where there is none.
    std::string value(const std::string &name) const;
    /// Where an argument gets its value: the rule's line, else the Dockerfile's, else the rule.
    Location placeOf(const std::string &name) const;
};

/// What the checks of all rules know: nothing of it depends on where a rule stands.
struct Subject
{
    explicit Subject(const workspace::Workspace &opened);

    const workspace::Workspace &workspace;
    const matrix::Matrix &matrix;
    /// The matrix lists its backends, services and variants itself, so that a name it does not list is an error.
    bool listsNames;
    image::NameGrammar grammar;
};

/// A rule with its targets.
struct RuleSubject
{
    RuleSubject(const Subject &centre, const matrix::Rule &checked);

    const Subject &centre;
    const matrix::Rule &rule;
    std::vector<Target> targets; ///< Without those that no Dockerfile serves.
};

/// What a message calls the rule that is checked; placed() puts describe() of it there.
inline constexpr const char *thisRule = "\x01this rule\x01";

/// "rule 3 (matrix.yml:40)"
std::string describe(const matrix::Rule &rule);

} // namespace runner::check
