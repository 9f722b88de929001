#include "build/explain.h"

#include "build/commandline.h"
#include "build/stagearguments.h"
#include "build/stepfiles.h"
#include "build/stepsbytext.h"

#include <algorithm>
#include <map>

namespace runner::build {

namespace {

constexpr std::size_t namedFiles = 5;

std::string quoted(const std::string &text)
{
    return "\"" + text + "\"";
}

void addPairChanges(std::vector<std::string> &changes, const std::string &what, const Pairs &before, const Pairs &now)
{
    const std::map<std::string, std::string> old(before.begin(), before.end());
    const std::map<std::string, std::string> fresh(now.begin(), now.end());
    for (const auto &[name, value] : fresh) {
        const auto found = old.find(name);
        if (found == old.end())
            changes.push_back(what + " " + name + " is new: " + quoted(value));
        else if (found->second != value)
            changes.push_back(what + " " + name + " was " + quoted(found->second) + " and is " + quoted(value));
    }
    for (const auto &[name, value] : old) {
        if (!fresh.contains(name))
            changes.push_back(what + " " + name + " is gone; it was " + quoted(value));
    }
}

/// Of the arguments that either build was given, those that \a step can see: what it does not depend on, or what has
/// the default's value, is no reason. All where the Dockerfiles do not tell.
std::pair<Pairs, Pairs> argumentsFor(const std::string &step, const KnownBuild &before, const KnownBuild &now)
{
    const Pairs &given = before.record.request.buildArguments;
    const Pairs &givenNow = now.record.request.buildArguments;
    const auto seen = step.empty() ? std::nullopt : stageArguments(before, step);
    const auto seenNow = step.empty() ? std::nullopt : stageArguments(now, step);
    if (!seen || !seenNow)
        return {given, givenNow};
    Pairs old;
    Pairs fresh;
    for (const Pairs *pairs : {&given, &givenNow}) {
        for (const auto &[name, value] : *pairs) {
            if (const auto found = seen->find(name); found != seen->end())
                old.push_back(*found);
            if (const auto found = seenNow->find(name); found != seenNow->end())
                fresh.push_back(*found);
        }
    }
    return {old, fresh};
}

bool dockerfileChanged(const KnownBuild &before, const KnownBuild &now)
{
    return before.dockerfile != now.dockerfile && !before.dockerfile.empty() && !now.dockerfile.empty();
}

std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// From the first line that differs to the last, as they are numbered now.
void addDockerfileChange(std::vector<std::string> &changes, const KnownBuild &before, const KnownBuild &now)
{
    if (!dockerfileChanged(before, now))
        return;
    const auto old = splitLines(before.dockerfile);
    const auto fresh = splitLines(now.dockerfile);
    const auto first = static_cast<std::size_t>(std::mismatch(old.begin(), old.end(), fresh.begin(), fresh.end()).second
                                                - fresh.begin());
    std::size_t same = 0; // at the end
    while (same < std::min(old.size(), fresh.size()) - first
           && old[old.size() - 1 - same] == fresh[fresh.size() - 1 - same])
        ++same;
    const std::size_t last = std::max(fresh.size() - same, first + 1);
    const bool one = last == first + 1;
    changes.push_back("The Dockerfile has changed in line" + std::string(one ? " " : "s ") + std::to_string(first + 1)
                      + (one ? std::string() : " to " + std::to_string(last)));
}

void addFileChanges(std::vector<std::string> &changes, const std::string &step, const KnownBuild &before,
                    const KnownBuild &now)
{
    std::vector<std::string> files =
        filesRead(step, now.steps, changedFiles(before.files, now.files), now.record.request);
    if (dockerfileChanged(before, now))
        std::erase(files, now.record.request.dockerfile); // told with its lines
    if (files.empty())
        return;
    std::string text = files.size() == 1 ? "The file has changed: " : "The files have changed: ";
    for (std::size_t i = 0; i < std::min(files.size(), namedFiles); ++i)
        text += (i == 0 ? "" : ", ") + files[i];
    if (files.size() > namedFiles)
        text += " and " + std::to_string(files.size() - namedFiles) + " more";
    changes.push_back(text);
}

bool ran(StepState state)
{
    return state == StepState::Done || state == StepState::Failed || state == StepState::Cancelled
           || state == StepState::Running;
}

bool readsFiles(const std::string &instruction)
{
    return instruction.starts_with("COPY") || instruction.starts_with("ADD")
           || instruction.find("--mount=type=bind") != std::string::npos;
}

/// Of the options that a builder keeps the steps of a build apart by: limits of their processes, and other contexts.
Pairs optionsFor(const Request &request)
{
    std::map<std::string, std::string> values;
    for (const CommandOption &option : commandOptions(request)) {
        if (option.name == "--ulimit" || option.name == "--shm-size" || option.name == "--build-context")
            values[option.name] += (values[option.name].empty() ? "" : " ") + option.value.value_or("");
    }
    return {values.begin(), values.end()};
}

/// What is not the same, of arguments what \a step depends on; all where that is empty.
std::vector<std::string> changesFor(const std::string &step, const KnownBuild &before, const KnownBuild &now)
{
    std::vector<std::string> changes;
    const auto [old, fresh] = argumentsFor(step, before, now);
    addPairChanges(changes, "The argument", old, fresh);
    addPairChanges(changes, "The option", optionsFor(before.record.request), optionsFor(now.record.request));
    if (!before.record.metadata.materials.empty()
        && !now.record.metadata.materials.empty()) // only builds that succeed tell theirs
        addPairChanges(changes, "The digest of", imagesOf(before.record.metadata), imagesOf(now.record.metadata));
    addFileChanges(changes, step, before, now);
    if (before.record.request.builder != now.record.request.builder)
        changes.push_back("It ran on another builder: " + quoted(before.record.request.builder) + " before, now "
                          + quoted(now.record.request.builder));
    addDockerfileChange(changes, before, now);
    return changes;
}

CacheMiss explainMiss(const KnownBuild &before, const KnownBuild &now, const StepRecord &step, bool known)
{
    CacheMiss miss{step.name, {}};
    const std::string instruction = instructionOf(step.name);
    if (now.record.request.noCache)
        miss.reasons.emplace_back("The build was told not to use the cache");
    std::vector<std::string> changes = changesFor(step.name, before, now);
    if (!known && (dockerfileChanged(before, now) || changes.empty())) // an argument's value is a part of the name
        miss.reasons.emplace_back("The instruction is new or was changed in the Dockerfile");
    const auto names = [&](const std::string &change) { // an argument that the instruction uses comes first
        return instruction.find('$') != std::string::npos && change.starts_with("The argument");
    };
    const auto isFiles = [&](const std::string &change) {
        return change.starts_with("The file") && readsFiles(instruction);
    };
    std::stable_partition(changes.begin(), changes.end(),
                          [&](const std::string &change) { return names(change) || isFiles(change); });
    miss.reasons.insert(miss.reasons.end(), changes.begin(), changes.end());
    if (miss.reasons.empty())
        miss.reasons.emplace_back("Nothing that the history keeps has changed: the builder's cache was pruned, or a "
                                  "step before it gave another result");
    return miss;
}

} // namespace

StepsByText::StepsByText(const std::vector<StepRecord> &steps)
{
    for (const StepRecord &step : steps) {
        if (!isInternal(step))
            m_steps[instructionOf(step.name)].push_back(&step);
    }
}

const StepRecord *StepsByText::take(const std::string &instruction)
{
    auto &steps = m_steps[instruction];
    if (steps.empty())
        return nullptr;
    const StepRecord *step = steps.front();
    steps.erase(steps.begin());
    return step;
}

std::vector<std::string> changesBetween(const KnownBuild &before, const KnownBuild &now)
{
    return changesFor({}, before, now);
}

std::vector<StepRecord> slowestSteps(std::vector<StepRecord> steps, std::size_t count)
{
    std::erase_if(steps, [](const StepRecord &step) { return step.busy <= 0; });
    std::stable_sort(steps.begin(), steps.end(),
                     [](const StepRecord &a, const StepRecord &b) { return a.busy > b.busy; });
    if (steps.size() > count)
        steps.resize(count);
    return steps;
}

std::optional<CacheMiss> whyNotCached(const KnownBuild &before, const KnownBuild &now)
{
    StepsByText known(before.steps);
    std::vector<StepRecord> steps = now.steps; // BuildKit names the last step first
    std::stable_sort(steps.begin(), steps.end(),
                     [](const StepRecord &a, const StepRecord &b) { return a.started < b.started; });
    for (const StepRecord &step : steps) {
        if (!isInstructionStep(step.name))
            continue;
        const StepRecord *earlier = known.take(instructionOf(step.name));
        const bool wasThere = earlier && (earlier->state == StepState::Cached || earlier->state == StepState::Done);
        if (ran(step.state) && (wasThere || !earlier) && step.busy > 0 && !instructionOf(step.name).starts_with("FROM"))
            return explainMiss(before, now, step, wasThere);
    }
    return {};
}

} // namespace runner::build
