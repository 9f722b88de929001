// Everything that is wrong with a pack centre, across its files. docs/checks.md lists the identifiers.
#pragma once

#include "diagnostics/problem.h"
#include "expand/rulejobs.h"
#include "workspace/workspace.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner::check {

struct RuleReport;
using RuleReportPointer = std::shared_ptr<const RuleReport>;

/// What was found in one state of a pack centre, and what of it holds for the next one too. Keeps alive what the
/// expansion points to.
struct Examination
{
    Problems problems;           ///< As checkWorkspace() gives them.
    expand::Expansion expansion; ///< workspace::releaseExpansion() of it.

    // What the next one may share.
    std::vector<RuleReportPointer> reports; ///< By the index of the rule.
    Problems ofReleased;                    ///< Of records and runners.
    struct FileReport
    {
        std::string rules; ///< Keys of the rules that ask for the Dockerfile.
        Problems problems;
    };
    std::vector<FileReport> ofFiles; ///< Of the convention, by Dockerfile.
    struct Header
    {
        workspace::Layout layout;
        matrix::ImageNaming image;
        std::vector<matrix::Service> services;
        std::vector<matrix::Backend> backends;
        matrix::Shared<std::vector<workspace::PackFile>> dockerfiles;
        matrix::Shared<std::vector<matrix::RunnerRow>> runners;
        matrix::Shared<catalog::Records> records;
    };
    std::optional<Header> header; ///< What all of that depends on.
};

using ExaminationPointer = std::shared_ptr<const Examination>;

/// Runs all checks. Where \a before has examined a state with the same backends, services and Dockerfiles, only rules
/// that are not in it are looked at, and what is released only where it is not the same.
ExaminationPointer examine(const workspace::Workspace &workspace, const ExaminationPointer &before = nullptr);

/// Problems of reading and of all cross-checks, by file and position. Deterministic.
Problems checkWorkspace(const workspace::Workspace &workspace);

} // namespace runner::check
