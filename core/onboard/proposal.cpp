#include "onboard/proposal.h"

#include "onboard/dockerfiles.h"
#include "onboard/draft.h"
#include "onboard/matrixchange.h"
#include "onboard/older.h"
#include "onboard/rehearsal.h"
#include "onboard/terms.h"
#include "text/diff.h"
#include "workspace/paths.h"

#include <algorithm>
#include <iterator>

namespace runner::onboard {

namespace fs = std::filesystem;
using workspace::Workspace;

namespace {

constexpr const char *byteOrderMark = "\xEF\xBB\xBF";

template <typename Answers>
Result<void> changeMatrix(ProposalDraft &draft, const Answers &answers)
{
    const Workspace &centre = draft.centre();
    const auto edited = matrix::edit::applyEdits(centre.document, matrixEdits(centre, answers));
    if (!edited)
        return tl::unexpected(edited.error());
    draft.change(centre.matrixFile, centre.document.text(), edited->patches);
    return {};
}

void addDryRun(ProposalDraft &draft, const std::string &backend, const std::string &target)
{
    NextStep step{
        NextStep::Kind::DryRun,
        "Ask BuildKit what it thinks of the Dockerfile of " + backend,
        {"docker", "buildx", "build", "--call=check", "--target", target, "--file", "pack/" + backend + "/Dockerfile"}};
    if (hasCommonScripts(draft.centre()))
        step.command.insert(step.command.end(), {"--build-context", "common=pack/common"});
    step.command.push_back("pack/" + backend);
    draft.next(std::move(step));
}

// Kept in the environment is not used: what else an argument is for, only the contributor knows.
void remarkArguments(ProposalDraft &draft, const std::string &file, const std::vector<ArgumentAnswer> &arguments,
                     const std::string &uses)
{
    for (const ArgumentAnswer &argument : arguments) {
        if (argument.need != dockerfile::Need::Placeholder && !mentions(uses, argument.name))
            draft.remark("onboard-argument-kept", file, "Images only keep " + argument.name + " in their environment",
                         "Use it where it belongs, or call it a placeholder");
    }
}

std::string bytesOf(const ProposedFile &file, const std::string &text)
{
    return (file.hasByteOrderMark ? byteOrderMark : "") + text;
}

} // namespace

Answered<Proposal> propose(const workspace::WorkspacePointer &centre, const BackendAnswers &answers)
{
    if (auto problems = validate(*centre, answers); hasErrors(problems))
        return tl::unexpected(std::move(problems));
    ProposalDraft draft(centre, "Onboard the backend " + answers.id);
    if (const auto changed = changeMatrix(draft, answers); !changed)
        return tl::unexpected(refused(changed.error()));
    const std::string file = "pack/" + answers.id + "/Dockerfile";
    draft.create(file, backendDockerfile(*centre, answers));
    describeRehearsal(draft, answers);
    if (centre->layout == workspace::Layout::Older)
        patchOlderFiles(draft, answers);
    std::string uses = answers.baseImage;
    for (const ServiceAnswer &service : answers.services)
        uses += "\n" + service.baseImage + "\n" + service.stages;
    remarkArguments(draft, file, answers.arguments, uses);
    addDryRun(draft, answers.id, "runtime"); // Services stand on that image, which no registry has yet.
    return std::move(draft).finish();
}

Answered<Proposal> propose(const workspace::WorkspacePointer &centre, const ServiceAnswers &answers)
{
    if (auto problems = validate(*centre, answers); hasErrors(problems))
        return tl::unexpected(std::move(problems));
    ProposalDraft draft(centre, "Onboard the service " + answers.service.id);
    if (const auto changed = changeMatrix(draft, answers); !changed)
        return tl::unexpected(refused(changed.error()));
    for (const ServiceTarget &target : answers.backends) {
        const dockerfile::Dockerfile *file = commonDockerfile(*centre, target.backend);
        const ServiceInBackend part = partFor(*centre, answers, target);
        draft.change(file->fileName, file->text, addService(*centre, *file, part, draft.remarks()));
        remarkArguments(draft, file->fileName, answers.arguments, part.service.baseImage + "\n" + part.service.stages);
    }
    describeRehearsal(draft, answers);
    if (centre->layout == workspace::Layout::Older)
        patchOlderFiles(draft, answers);
    for (const ServiceTarget &target : answers.backends)
        addDryRun(draft, target.backend, answers.service.id);
    return std::move(draft).finish();
}

Result<Proposal> revised(const workspace::WorkspacePointer &centre, Proposal proposal, const std::string &file,
                         std::string text)
{
    const auto found = std::find_if(proposal.files.begin(), proposal.files.end(),
                                    [&](const ProposedFile &each) { return each.file == file; });
    if (found == proposal.files.end())
        return failure("onboard-no-such-file", {file}, "The proposal does not change this file",
                       "Choose one of its files");
    found->after = std::move(text);
    if (const auto good = evaluate(centre, proposal); !good)
        return tl::unexpected(good.error());
    return proposal;
}

Problems errorsIn(const Problems &findings)
{
    Problems errors;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(errors),
                 [](const Problem &each) { return each.severity == Severity::Error; });
    return errors;
}

std::string diffOf(const ProposedFile &file)
{
    return text::unifiedDiff(file.before.value_or(std::string()), file.after,
                             file.before ? "a/" + file.file : "/dev/null", "b/" + file.file);
}

std::string diffOf(const Proposal &proposal)
{
    std::string diff;
    for (const ProposedFile &file : proposal.files)
        diff += diffOf(file);
    return diff;
}

Result<workspace::ChangeSet> apply(const fs::path &root, const Proposal &proposal, const fs::path &journals)
{
    for (const std::string &folder : proposal.newFolders) {
        if (workspace::isPresent(root / folder))
            return failure("onboard-folder-there", {folder}, "The folder " + folder + " has come into being meanwhile",
                           "Look at what is in it, then begin again");
    }
    workspace::ChangeSet changes;
    for (const ProposedFile &file : proposal.files) {
        std::optional<std::string> before;
        if (file.before)
            before = bytesOf(file, *file.before);
        changes.push_back({file.file, bytesOf(file, file.after), before});
    }
    if (const auto written = workspace::writeChanges(root, changes, journals); !written)
        return tl::unexpected(written.error());
    return workspace::inverse(changes);
}

Result<void> undo(const fs::path &root, const workspace::ChangeSet &changes, const fs::path &journals)
{
    return workspace::writeChanges(root, changes, journals);
}

} // namespace runner::onboard
