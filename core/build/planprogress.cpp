#include "build/planprogress.h"

#include <algorithm>

namespace runner::build {

PlanProgress PlanProgress::of(const ImagePlan &plan)
{
    PlanProgress progress;
    progress.jobs.resize(plan.jobs.size(), JobState::Open);
    progress.digests.resize(plan.jobs.size());
    progress.manifests.resize(plan.manifests.size());
    return progress;
}

PlanProgress PlanProgress::again() const
{
    PlanProgress progress = *this;
    std::replace(progress.jobs.begin(), progress.jobs.end(), JobState::Failed, JobState::Open);
    progress.manifests.assign(manifests.size(), false); // made again of the same digests where nothing has changed
    progress.made.clear();
    progress.problems.clear();
    progress.begun = progress.ended = false;
    return progress;
}

int PlanProgress::count(JobState state) const
{
    return static_cast<int>(std::count(jobs.begin(), jobs.end(), state));
}

bool PlanProgress::hasMade(const std::string &image) const
{
    return std::find(made.begin(), made.end(), image) != made.end();
}

} // namespace runner::build
