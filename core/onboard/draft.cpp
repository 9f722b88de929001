#include "onboard/draft.h"

#include "check/check.h"
#include "text/diff.h"
#include "text/textfile.h"
#include "workspace/paths.h"

#include <algorithm>

namespace runner::onboard {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxFileBytes = 64U << 20U;

bool isMatrixOrDockerfile(const workspace::Workspace &centre, const std::string &file)
{
    return file == centre.matrixFile || file.starts_with("pack/");
}

// Without its numbers: rules behind a new one are counted anew.
std::string withoutNumbers(const std::string &text)
{
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result), [](char c) { return c < '0' || c > '9'; });
    return result;
}

// A finding that was there before may stand in another line now.
bool isSame(const Problem &a, const Problem &b)
{
    return a.id == b.id && a.where.file == b.where.file && withoutNumbers(a.message) == withoutNumbers(b.message);
}

// Arguments that a Dockerfile newly declares change no image of another service.
workspace::Effect withoutNewArguments(workspace::Effect images)
{
    for (workspace::ImageChange &change : images)
        std::erase_if(change.arguments, [](const workspace::ArgumentChange &each) { return !each.before; });
    std::erase_if(images, [](const workspace::ImageChange &change) {
        return change.kind == workspace::ImageChange::Kind::Changed && change.arguments.empty();
    });
    return images;
}

Problems newFindings(const workspace::Workspace &before, const workspace::Workspace &after)
{
    Problems known = check::checkWorkspace(before);
    Problems found;
    for (Problem &problem : check::checkWorkspace(after)) {
        const auto same =
            std::find_if(known.begin(), known.end(), [&](const Problem &each) { return isSame(each, problem); });
        if (same == known.end())
            found.push_back(std::move(problem));
        else
            known.erase(same);
    }
    return found;
}

} // namespace

ProposalDraft::ProposalDraft(workspace::WorkspacePointer centre, std::string title)
    : m_centre(std::move(centre))
{
    m_proposal.title = std::move(title);
}

void ProposalDraft::create(const std::string &file, std::string text)
{
    const fs::path folder = fs::path(file).parent_path();
    if (!folder.empty() && !workspace::isPresent(m_centre->root / folder))
        m_proposal.newFolders.push_back(folder.generic_string());
    m_proposal.files.push_back({file, std::nullopt, std::move(text), false});
}

void ProposalDraft::change(const std::string &file, const std::string &before, const text::Patches &patches)
{
    if (patches.empty())
        return;
    const auto onDisk = text::readTextFile(m_centre->root / file, file, maxFileBytes);
    m_proposal.files.push_back({file, before, text::patched(before, patches), onDisk && onDisk->hasByteOrderMark});
}

void ProposalDraft::remark(const char *id, const std::string &file, std::string message, std::string advice)
{
    m_proposal.remarks.push_back({id, Severity::Warning, {file, 0, 0}, std::move(message), std::move(advice)});
}

Answered<Proposal> ProposalDraft::finish() &&
{
    if (const auto good = evaluate(m_centre, m_proposal); !good)
        return tl::unexpected(refused(good.error()));
    return std::move(m_proposal);
}

FieldProblems refused(Problem problem)
{
    return {{{}, std::move(problem)}};
}

Result<void> evaluate(const workspace::WorkspacePointer &centre, Proposal &proposal)
{
    workspace::Texts texts;
    for (const ProposedFile &file : proposal.files) {
        if (isMatrixOrDockerfile(*centre, file.file))
            texts[file.file] = std::make_shared<const std::string>(file.after);
    }
    const auto after = workspace::withTexts(centre, texts);
    if (!after)
        return tl::unexpected(after.error());
    proposal.images = withoutNewArguments(workspace::effectOf(*centre, **after));
    proposal.findings = newFindings(*centre, **after);
    return {};
}

} // namespace runner::onboard
