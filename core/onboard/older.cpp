#include "onboard/older.h"

#include "onboard/choices.h"
#include "workspace/paths.h"

#include <functional>
#include <vector>

namespace runner::onboard {

namespace {

constexpr std::size_t maxBytes = 4U << 20U;

constexpr const char *packWorkflow = ".github/workflows/pack.yml";
constexpr const char *discardWorkflow = ".github/workflows/discard.yml";
constexpr const char *pruneWorkflow = ".github/workflows/prune.yml";
constexpr const char *patternFile = "gpustack_runner/runner.py";
constexpr const char *patternVariable = "_RE_DOCKER_IMAGE";
constexpr const char *choicesFile = "gpustack_runner/cmds/images.py";

struct Change
{
    std::function<ListChange(const std::string &text)> apply;
    std::string expected; ///< What the file has to hold, as a part of a sentence.
};

// Several names go into one file one after the other: each change is about the text that the one before gave.
void patchFile(ProposalDraft &draft, const std::string &file, const std::string &what,
               const std::vector<Change> &changes)
{
    const auto before = workspace::readInside(draft.centre().root, file, maxBytes);
    if (!before) {
        draft.remark(before.error().id == "file-missing" ? "onboard-file-missing" : before.error().id.c_str(), file,
                     before.error().message + ", so " + what + " is not added there",
                     "Add it by hand where it belongs");
        return;
    }
    std::string text = *before;
    for (const Change &change : changes) {
        const auto patches = change.apply(text);
        if (!patches) {
            draft.remark("onboard-unexpected-file", file,
                         "The file does not look as expected, so it stays as it is and " + what
                             + " was not added: expected was " + change.expected,
                         "Add it by hand where the file has the like");
            return;
        }
        text = text::patched(text, *patches);
    }
    draft.change(file, *before, text::difference(*before, text));
}

Change choice(const std::string &input, const std::string &name, bool required = true)
{
    return {[=](const std::string &text) { return addWorkflowChoice(text, input, name, required); },
            "a workflow with a list of names below on.workflow_dispatch.inputs." + input + ".options"};
}

Change alternative(const std::string &group, const std::string &name)
{
    return {[=](const std::string &text) { return addAlternative(text, patternVariable, group, name); },
            "one line that begins with " + std::string(patternVariable) + " =, and the group (?P<" + group
                + ">a|b|…) of names behind it"};
}

Change listed(const std::string &variable, const std::string &name)
{
    return {[=](const std::string &text) { return addListString(text, variable, name); },
            "one line that begins with " + variable + " = [, and a list of plain texts"};
}

void add(std::vector<Change> &changes, const std::vector<std::string> &names,
         const std::function<Change(const std::string &)> &make)
{
    for (const std::string &name : names)
        changes.push_back(make(name));
}

// Discard and prune ask for the service as text; where a pack centre offers choices, they grow.
void patchFiles(ProposalDraft &draft, const std::vector<std::string> &backends,
                const std::vector<std::string> &services, const std::string &what)
{
    std::vector<Change> pack;
    std::vector<Change> release;
    std::vector<Change> pattern;
    std::vector<Change> line;
    add(pack, backends, [](const auto &name) { return choice("backend", name); });
    add(pack, services, [](const auto &name) { return choice("target", name); });
    add(release, backends, [](const auto &name) { return choice("backend", name); });
    add(release, services, [](const auto &name) { return choice("service", name, false); });
    add(pattern, backends, [](const auto &name) { return alternative("backend", name); });
    add(pattern, services, [](const auto &name) { return alternative("service", name); });
    add(line, backends, [](const auto &name) { return listed("_AVAILABLE_BACKENDS", name); });
    add(line, services, [](const auto &name) { return listed("_AVAILABLE_SERVICES", name); });
    patchFile(draft, packWorkflow, what, pack);
    patchFile(draft, discardWorkflow, what, release);
    patchFile(draft, pruneWorkflow, what, release);
    patchFile(draft, patternFile, what, pattern);
    patchFile(draft, choicesFile, what, line);
}

} // namespace

void patchOlderFiles(ProposalDraft &draft, const BackendAnswers &answers)
{
    std::vector<std::string> services;
    for (const ServiceAnswer &service : answers.services) {
        if (!draft.centre().matrix.findService(service.id))
            services.push_back(service.id);
    }
    patchFiles(draft, {answers.id}, services, services.empty() ? answers.id : answers.id + " with its services");
}

void patchOlderFiles(ProposalDraft &draft, const ServiceAnswers &answers)
{
    patchFiles(draft, {}, {answers.service.id}, answers.service.id);
}

} // namespace runner::onboard
