#include "build/compare.h"

#include "build/commandline.h"
#include "build/steporder.h"
#include "build/stepsbytext.h"

#include <QLocale>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace runner::build {

namespace {

void add(std::vector<Fact> &facts, const std::string &name, const std::string &first, const std::string &second)
{
    if (!first.empty() || !second.empty())
        facts.push_back({name, first, second, first != second});
}

/// The values of one name together.
class Values
{
public:
    void add(const std::string &name, const std::string &value)
    {
        const auto [known, isNew] = m_values.emplace(name, value);
        if (isNew)
            m_names.push_back(name);
        else
            known->second += ", " + value;
    }

    const std::vector<std::string> &names() const { return m_names; }

    std::string of(const std::string &name) const
    {
        const auto found = m_values.find(name);
        return found == m_values.end() ? std::string() : found->second;
    }

    bool has(const std::string &name) const { return m_values.contains(name); }

private:
    std::vector<std::string> m_names; ///< In the order they came.
    std::map<std::string, std::string> m_values;
};

std::vector<Fact> sideBySide(const Values &first, const Values &second)
{
    std::vector<Fact> facts;
    for (const std::string &name : second.names())
        facts.push_back({name, first.of(name), second.of(name), !first.has(name) || first.of(name) != second.of(name)});
    for (const std::string &name : first.names()) {
        if (!second.has(name))
            facts.push_back({name, first.of(name), {}, true});
    }
    return facts;
}

Values valuesOf(const Pairs &pairs)
{
    Values values;
    for (const auto &[name, value] : pairs)
        values.add(name, value);
    return values;
}

/// Every option but the build arguments, which stand alone, and those that the console adds to each run.
Values commandValuesOf(const Request &request)
{
    Request asked = request;
    asked.buildArguments.clear();
    asked.metadataFile.clear();
    asked.progress.clear();
    Values options;
    for (const CommandOption &option : commandOptions(asked))
        options.add(option.name, option.value.value_or("yes"));
    options.add("context", request.context);
    return options;
}

std::string resultOf(const BuildRecord &record)
{
    return record.outcome ? outcomeName(*record.outcome) : "running";
}

std::string revisionOf(const BuildRecord &record)
{
    return record.git.revision.empty() ? std::string()
                                       : record.git.revision + (record.git.dirty ? " with changes" : "");
}

std::string cachedOf(const BuildRecord &record)
{
    return record.steps == 0 ? std::string()
                             : std::to_string(record.cachedSteps) + " of " + std::to_string(record.steps) + " steps";
}

std::string sizeOf(const BuildRecord &record)
{
    return record.metadata.size > 0
               ? describeSize(record.metadata.size) + " (" + std::to_string(record.metadata.size) + " bytes)"
               : std::string();
}

std::vector<Fact> buildFacts(const BuildRecord &first, const BuildRecord &second)
{
    std::vector<Fact> facts;
    add(facts, "Result", resultOf(first), resultOf(second));
    add(facts, "Image", first.image(), second.image());
    add(facts, "Git revision", revisionOf(first), revisionOf(second));
    add(facts, "Digest", first.metadata.digest, second.metadata.digest);
    add(facts, "Size", sizeOf(first), sizeOf(second));
    add(facts, "From the cache", cachedOf(first), cachedOf(second));
    add(facts, "Log", std::to_string(first.lines) + " lines", std::to_string(second.lines) + " lines");
    return facts;
}

std::string linesOf(const std::string &text)
{
    return text.empty() ? std::string() : std::to_string(std::count(text.begin(), text.end(), '\n')) + " lines";
}

/// The begin of the hash and the mode: "0123456789ab 755".
std::string digestOf(const ContextFiles &files, const std::string &file)
{
    constexpr std::size_t shown = 12;
    const auto found = files.find(file);
    if (found == files.end())
        return {};
    if (found->second.starts_with("size:") || found->second.starts_with("link:"))
        return found->second;
    const std::size_t blank = std::min(found->second.find(' '), found->second.size());
    return found->second.substr(0, std::min(shown, blank)) + found->second.substr(blank);
}

/// The Dockerfile, how many files there were, and those that differ.
std::vector<Fact> fileFacts(const KnownBuild &first, const KnownBuild &second)
{
    std::vector<Fact> facts;
    add(facts, "Dockerfile", linesOf(first.dockerfile), linesOf(second.dockerfile));
    if (!facts.empty())
        facts.front().differs = first.dockerfile != second.dockerfile;
    const std::vector<std::string> changed = changedFiles(first.files, second.files);
    if (!first.files.empty() || !second.files.empty())
        facts.push_back({"Files of the contexts", std::to_string(first.files.size()),
                         std::to_string(second.files.size()), !changed.empty()});
    for (const std::string &file : changed)
        facts.push_back({file, digestOf(first.files, file), digestOf(second.files, file), true});
    return facts;
}

std::vector<FactGroup> allFacts(const KnownBuild &first, const KnownBuild &second)
{
    const BuildRecord &before = first.record, &now = second.record;
    std::vector<FactGroup> groups = {
        {"Build", buildFacts(before, now)},
        {"Arguments", sideBySide(valuesOf(before.request.buildArguments), valuesOf(now.request.buildArguments))},
        {"Command", sideBySide(commandValuesOf(before.request), commandValuesOf(now.request))},
        {"Base images", sideBySide(valuesOf(imagesOf(before.metadata)), valuesOf(imagesOf(now.metadata)))},
        {"Files", fileFacts(first, second)},
    };
    std::erase_if(groups, [](const FactGroup &group) { return group.facts.empty(); });
    return groups;
}

/// "[vllm 2/3] COPY" of "[vllm 2/3] COPY a /b": where a step stands and what it does, without its values, which the
/// builder has put in. Empty for what stands nowhere.
std::string placeOf(const std::string &stepName)
{
    const std::string instruction = instructionOf(stepName);
    if (instruction.size() == stepName.size())
        return {};
    return stepName.substr(0, stepName.size() - instruction.size()) + instruction.substr(0, instruction.find(' '));
}

/// The same instruction with another value in it: most of the text is the same from both ends. Only what a RUN does can
/// be wholly another thing at the same place.
bool isAlike(const std::string &one, const std::string &other)
{
    if (!instructionOf(one).starts_with("RUN "))
        return true;
    const std::size_t shorter = std::min(one.size(), other.size()), longer = std::max(one.size(), other.size());
    const auto same = static_cast<std::size_t>(
        std::mismatch(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(shorter), other.begin()).first
        - one.begin());
    const auto rest =
        std::mismatch(one.rbegin(), one.rbegin() + static_cast<std::ptrdiff_t>(shorter - same), other.rbegin());
    return 3 * (same + static_cast<std::size_t>(rest.first - one.rbegin())) >= 2 * longer;
}

/// Pairs steps of both builds: by their text, then what is left by its place.
class StepPairs
{
public:
    StepPairs(const std::vector<StepRecord> &first, const std::vector<StepRecord> &second)
    {
        StepsByText known(first);
        std::set<const StepRecord *> taken;
        for (const StepRecord &step : second) {
            if (isInternal(step))
                continue;
            const StepRecord *earlier = known.take(instructionOf(step.name));
            taken.insert(earlier);
            m_pairs.emplace_back(earlier, &step);
        }
        for (const StepRecord &step : first) {
            if (!isInternal(step) && !taken.contains(&step))
                addEarlier(step);
        }
    }

    std::vector<StepDifference> differences() const
    {
        const auto copied = [](const StepRecord *step) { return step ? std::optional(*step) : std::nullopt; };
        std::vector<StepDifference> steps;
        for (const auto &[earlier, later] : m_pairs)
            steps.push_back({(later ? later : earlier)->name, copied(earlier), copied(later)});
        return steps;
    }

private:
    void addEarlier(const StepRecord &step)
    {
        const std::string place = placeOf(step.name);
        const auto same = std::find_if(m_pairs.begin(), m_pairs.end(), [&](const auto &pair) {
            return !place.empty() && !pair.first && placeOf(pair.second->name) == place
                   && isAlike(pair.second->name, step.name);
        });
        if (same == m_pairs.end())
            m_pairs.emplace_back(&step, nullptr);
        else
            same->first = &step;
    }

    std::vector<std::pair<const StepRecord *, const StepRecord *>> m_pairs; ///< Null: only the other has it.
};

std::vector<StepDifference> compareSteps(const std::vector<StepRecord> &first, const std::vector<StepRecord> &second)
{
    std::vector<StepDifference> steps = StepPairs(first, second).differences();
    sortSteps(steps);
    return steps;
}

} // namespace

bool StepDifference::differs() const
{
    return !first || !second || first->state != second->state;
}

Comparison compareBuilds(const KnownBuild &first, const KnownBuild &second)
{
    return {changesBetween(first, second), allFacts(first, second), compareSteps(first.steps, second.steps)};
}

std::string describeSize(std::int64_t bytes)
{
    return QLocale::c().formattedDataSize(bytes, bytes < 1000 ? 0 : 1, QLocale::DataSizeSIFormat).toStdString();
}

} // namespace runner::build
