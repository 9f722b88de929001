// A build as the history keeps it.
#pragma once

#include "build/contextfiles.h"
#include "build/gitstate.h"
#include "build/run.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace runner::build {

/// What a build was made of.
struct BuildInputs
{
    GitState git;
    std::string dockerfile;
    ContextFiles files;
};

/// Reads them: blocks for as long as that takes, so do it in a thread.
BuildInputs readInputs(const Request &request);

/// A step of a kept build.
struct StepRecord
{
    std::string name;
    StepState state = StepState::Waiting;
    Time started = 0;
    Time completed = 0;
    Time busy = 0; ///< Nanoseconds.
    std::string error;
    bool clipped = false;
};

struct BuildRecord
{
    std::int64_t id = 0; ///< From 1, ascending with time.
    Request request;     ///< As it was run.
    GitState git;
    std::optional<Outcome> outcome; ///< Absent: it runs.
    int exitCode = -1;
    Time started = 0;
    Time ended = 0;
    Metadata metadata;
    Problems problems; ///< Why, and what else there is to say.
    std::uint64_t lines = 0;
    int steps = 0;                ///< Without internal ones.
    int cachedSteps = 0;          ///< Of these.
    std::int64_t plan = 0;        ///< The plan it belongs to, or 0.
    std::filesystem::path folder; ///< Where recording.h's files are.

    bool isRunning() const { return !outcome; }
    /// "gpustack/runner:…", or the platform tag where there is no image.
    std::string image() const;
    Time duration() const { return ended > started ? ended - started : 0; }
};

/// Counts the instructions that make a layer, and the cached ones of them.
void countSteps(BuildRecord &record, const std::vector<Step> &steps);

std::vector<StepRecord> stepRecords(const std::vector<Step> &steps);

} // namespace runner::build
