// What the convention's checks look at: a Dockerfile, what it serves, and what builds of it would reach and use.
#pragma once

#include "check/convention/finding.h"
#include "dockerfile/evaluation.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace runner::check::convention {

struct Subject
{
    Subject(const workspace::Workspace &opened, const workspace::PackFile &packFile);

    const workspace::Workspace &workspace;
    const dockerfile::Dockerfile &file;
    const std::string &backend;
    const std::string &service;        ///< That the file is named after ("Dockerfile.vllm"); empty for "Dockerfile".
    std::vector<std::string> services; ///< That builds take from this file: the matrix's order, then those of rules.
    /// The arguments that make the tag: *_VERSION, *_VERSION_EXTRA and the variant's.
    std::set<std::string, std::less<>> naming;
    /// One for each set of values that can make a difference to the stages: the defaults first, then rules'.
    std::vector<dockerfile::Evaluation> evaluations;
    std::set<std::string, std::less<>> used; ///< Global arguments that a stage on the way to a target uses.
    std::vector<bool> reached;               ///< By stage: a target needs it.
    int headerEnd =
        0; ///< The last line of the comment that the file begins with; 0 where it begins with something else.

    bool serves(std::string_view stage) const;
    /// Some target is there, so that it can be told what is needed and what is not.
    bool hasTarget() const;
    const dockerfile::Evaluation &defaults() const { return evaluations.front(); }

    Location placeOf(std::size_t offset) const;
    /// The start of line \a number (from 1); the text's size past the last.
    std::size_t lineStart(int number) const;
    /// A line without its line end.
    std::string_view line(int number) const;
    /// "\r\n" where the file's first line ends so, else "\n".
    std::string lineEnd() const;

    Problem problem(const char *id, const Location &where, std::string message, std::string advice,
                    Severity severity = Severity::Warning) const;
    Fix fix(std::string title, std::vector<text::Patch> patches) const;
    /// A fix of one patch.
    Fix fix(std::string title, text::ByteRange range, std::string replacement) const;

private:
    void collectServices(const workspace::PackFile &packFile);
    void collectNaming();
    void collectEvaluations();
    std::vector<std::string> builtPlatforms() const;
    void collectUses();
    void findHeaderEnd();

    std::vector<std::size_t> m_lineStarts;
};

} // namespace runner::check::convention
