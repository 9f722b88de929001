// How far a plan has come: all that has to be known to go on with it in another program.
#pragma once

#include "build/plan.h"

#include <string>
#include <vector>

namespace runner::build {

enum class JobState {
    Open, ///< Has not ended yet.
    Succeeded,
    Failed, ///< Or was given up, because what it builds on has failed.
};

struct PlanProgress
{
    std::vector<JobState> jobs;       ///< By the plan's index, as the next two are.
    std::vector<std::string> digests; ///< What the jobs have given; empty where there is none.
    std::vector<bool> manifests;      ///< Made, or given up.
    std::vector<std::string> made;    ///< Names of the manifests that were made, final ones included.
    Problems problems;  ///< plan-image-missing, manifest-failed, manifest-not-made, plan-cancelled; a job's own are in
                        ///< its item.
    bool begun = false; ///< Every image that no job makes was there.
    bool ended = false;
    bool succeeded = false; ///< Every job and every manifest; of an ended one.

    /// Nothing done yet.
    static PlanProgress of(const ImagePlan &plan);
    /// What is to be done again of an ended plan: what has failed is open.
    PlanProgress again() const;
    int count(JobState state) const;
    /// Whether the plan gave this manifest, and so the images it is of.
    bool hasMade(const std::string &image) const;
};

} // namespace runner::build
