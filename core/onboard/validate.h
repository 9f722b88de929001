// What is wrong with answers, field by field, without writing anything.
#pragma once

#include "diagnostics/problem.h"
#include "onboard/answers.h"
#include "workspace/workspace.h"

#include <string>
#include <vector>

namespace runner::onboard {

/// A problem of one field. Fields are named as the keys of a spec, with indices from 0: "id", "versions[0]",
/// "services[1].base_image", "variants[0].id", "backends[1].versions[0]"; the whole list is
/// "versions".
struct FieldProblem
{
    std::string field;
    Problem problem; ///< Its place is empty; ids begin with "onboard-".

    bool operator==(const FieldProblem &) const = default;
};

using FieldProblems = std::vector<FieldProblem>;

/// Everything that is wrong with the answers in this pack centre, in the order of the fields; warnings keep nobody from
/// going on. Cheap enough to be called at every key. Looks at the disk for what an earlier backend of that name has
/// left alone.
FieldProblems validate(const workspace::Workspace &centre, const BackendAnswers &answers);
FieldProblems validate(const workspace::Workspace &centre, const ServiceAnswers &answers);

/// Folders that would have to take files and may not be written to, and files that would have to be changed and are
/// read-only, as errors (onboard-folder-read-only, onboard-file-read-only) of the field that leads to them. As cheap;
/// apart, since what is only looked at need not be written.
FieldProblems unwritable(const workspace::Workspace &centre, const BackendAnswers &answers);
FieldProblems unwritable(const workspace::Workspace &centre, const ServiceAnswers &answers);

/// Those of one field and of what is inside it: "services[0]" has "services[0].id".
FieldProblems problemsOf(const FieldProblems &problems, const std::string &field);

bool hasErrors(const FieldProblems &problems);

} // namespace runner::onboard
