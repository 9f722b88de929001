#include "pack/previewanswer.h"

#include "pack/transcripts.h"

#include <map>

namespace runner::ui {

namespace {

void addUsed(const expand::Job &job, std::set<std::string> &names)
{
    for (const expand::ExplainedArgument &argument : expand::explain(job)) {
        if (argument.used())
            names.insert(argument.name);
    }
}

std::set<std::string> usedByOthers(const PreviewQuestion &question)
{
    std::map<std::string, expand::Job> targets;
    for (const PackImage &image : question.images)
        targets.emplace(image.jobs.front()->service, *image.jobs.front());
    if (!question.images.empty()) {
        const workspace::Workspace &workspace = question.centre->workspace();
        expand::Job job = *question.images.front().jobs.front();
        for (const matrix::Service &service : workspace.matrix.services) {
            job.service = service.id;
            if (workspace.dockerfileFor(job.backend, service.id) == job.dockerfile)
                targets.emplace(service.id, job);
        }
    }
    std::set<std::string> used;
    for (const auto &[service, job] : targets)
        addUsed(job, used);
    return used;
}

std::set<std::string> usedByRule(const PreviewQuestion &question)
{
    std::set<std::string> used;
    for (const PackImage &image : question.images) {
        if (question.chosen && image.jobs.front()->rule == question.chosen->rule)
            addUsed(*image.jobs.front(), used);
    }
    return used;
}

std::size_t instructionsOf(const dockerfile::Dockerfile &file)
{
    std::size_t count = file.globalArguments.size();
    for (const dockerfile::Stage &stage : file.stages)
        count += 1 + stage.instructions.size();
    return count;
}

} // namespace

bool PreviewQuestion::isShort() const
{
    constexpr std::size_t most = 500; // Twice the longest of this repository.
    const dockerfile::Dockerfile *read = chosen ? chosen->dockerfile : nullptr;
    return (!live || instructionsOf(*live) <= most) && (!read || instructionsOf(*read) <= most);
}

PreviewAnswerPointer answerOf(const PreviewQuestion &question, const PreviewAnswerPointer &before)
{
    auto answer = std::make_shared<PreviewAnswer>();
    answer->question = question;
    const bool sameFile =
        before && before->question.centre == question.centre && before->question.file == question.file;
    answer->usedByOthers = sameFile ? before->usedByOthers : usedByOthers(question);
    answer->usedByRule =
        sameFile && before->question.chosen == question.chosen ? before->usedByRule : usedByRule(question);
    if (question.chosen) {
        answer->preview = previewOf(*question.centre, *question.chosen, question.overrides, question.live.get());
        answer->recordedWith = recordedWith(answer->preview);
    }
    return answer;
}

} // namespace runner::ui
