// Runs what is to be done after an onboarding: a rehearsal, a dry run.
#pragma once

#include "onboard/proposal.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace runner::transfer {
class ProcessRun;
}

namespace runner::onboard {

/// One run of a step's command in the pack centre's root, without a shell. Needs the event loop of its thread; never
/// blocks, except that destroying a running one kills its process group.
class StepRun
{
public:
    struct Events
    {
        std::function<void(std::string_view bytes)> output;              ///< Of both streams, as it comes.
        std::function<void(bool good, const std::string &reason)> ended; ///< Once. May destroy the run.
    };

    StepRun(const std::filesystem::path &root, const NextStep &step, Events events);
    ~StepRun();
    StepRun(const StepRun &) = delete;
    StepRun &operator=(const StepRun &) = delete;

    /// Asks it to end; the second time it is killed. `ended` is still called.
    void stop();

private:
    Events m_events;
    bool m_asked = false;
    std::unique_ptr<transfer::ProcessRun> m_process;
};

} // namespace runner::onboard
