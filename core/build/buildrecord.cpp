#include "build/buildrecord.h"

#include "text/textfile.h"

namespace runner::build {

BuildInputs readInputs(const Request &request)
{
    constexpr std::size_t largest = 4U << 20U;
    const auto dockerfile =
        text::readTextFile(std::filesystem::path(request.folder) / request.dockerfile, request.dockerfile, largest);
    return {gitState(request.folder), dockerfile ? dockerfile->text : std::string(), readContextFiles(request)};
}

std::string BuildRecord::image() const
{
    return request.images.empty() ? request.platformTag : request.images.front();
}

void countSteps(BuildRecord &record, const std::vector<Step> &steps)
{
    record.steps = record.cachedSteps = 0;
    for (std::size_t i = 1; i < steps.size(); ++i) {
        if (!isInstructionStep(steps[i].name) || instructionOf(steps[i].name).starts_with("FROM ")) // that runs nothing
            continue;
        ++record.steps;
        record.cachedSteps += steps[i].state == StepState::Cached ? 1 : 0;
    }
}

std::vector<StepRecord> stepRecords(const std::vector<Step> &steps)
{
    std::vector<StepRecord> records;
    for (std::size_t i = 1; i < steps.size(); ++i)
        records.push_back({steps[i].name, steps[i].state, steps[i].started, steps[i].completed, steps[i].busy,
                           steps[i].error, steps[i].clipped});
    return records;
}

} // namespace runner::build
