// A proposal in the making. Private to this folder.
#pragma once

#include "onboard/proposal.h"
#include "text/patch.h"

#include <string>

namespace runner::onboard {

class ProposalDraft
{
public:
    ProposalDraft(workspace::WorkspacePointer centre, std::string title);

    const workspace::Workspace &centre() const { return *m_centre; }

    /// A file that is not there yet, with the folders that lead to it.
    void create(const std::string &file, std::string text);
    /// Patches of a file's text; nothing for none. The file must be among those that were read, or change() reads it.
    void change(const std::string &file, const std::string &before, const text::Patches &patches);
    /// What is left to the contributor.
    void remark(const char *id, const std::string &file, std::string message, std::string advice);
    Problems &remarks() { return m_proposal.remarks; }
    void next(NextStep step) { m_proposal.next.push_back(std::move(step)); }

    /// With images and findings. Errors: as a problem of no field.
    Answered<Proposal> finish() &&;

private:
    workspace::WorkspacePointer m_centre;
    Proposal m_proposal;
};

/// An error of no field.
FieldProblems refused(Problem problem);

/// Works images and findings out for the texts of the proposal's files. Errors: those of workspace::withTexts.
Result<void> evaluate(const workspace::WorkspacePointer &centre, Proposal &proposal);

} // namespace runner::onboard
