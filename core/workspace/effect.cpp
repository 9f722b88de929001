#include "workspace/effect.h"

#include "text/diff.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace runner::workspace {

namespace {

using expand::Job;
using expand::KeptJob;
using matrix::Rule;

// A rule as text: equal texts, equal rules.
std::string keyOf(const Rule &rule)
{
    std::string key = rule.backend.text;
    const auto add = [&](char mark, const auto &values) {
        for (const auto &value : values)
            key.append(1, mark).append(value.text);
    };
    add('\1', rule.services);
    add('\2', rule.platforms);
    if (rule.arguments)
        add('\3', *rule.arguments);
    return key;
}

constexpr std::size_t none = static_cast<std::size_t>(-1);

// For each rule before, the one that it became; none where it is gone.
std::vector<std::size_t> successors(const std::vector<Rule> &before, const std::vector<Rule> &after)
{
    std::unordered_map<std::string, int> known;
    const auto numbersOf = [&](const std::vector<Rule> &rules) {
        std::vector<int> numbers;
        numbers.reserve(rules.size());
        for (const Rule &rule : rules)
            numbers.push_back(known.emplace(keyOf(rule), static_cast<int>(known.size())).first->second);
        return numbers;
    };
    const std::vector<int> a = numbersOf(before);
    const std::vector<int> b = numbersOf(after);
    std::vector<std::size_t> result(before.size(), none);
    std::size_t at = 0;
    std::size_t there = 0;
    const auto same = [&](std::size_t end) {
        while (at < end)
            result[at++] = there++;
    };
    for (const text::Hunk &hunk : text::diffNumbers(a, b)) {
        same(hunk.beforeBegin);
        std::size_t next = hunk.afterBegin;
        for (std::size_t i = hunk.beforeBegin; i < hunk.beforeEnd; ++i) {
            const auto found = std::find_if(after.begin() + static_cast<std::ptrdiff_t>(next),
                                            after.begin() + static_cast<std::ptrdiff_t>(hunk.afterEnd),
                                            [&](const Rule &rule) { return rule.backend == before[i].backend; });
            const auto index = static_cast<std::size_t>(found - after.begin());
            if (index >= hunk.afterEnd)
                continue;
            result[i] = index;
            next = index + 1;
        }
        at = hunk.beforeEnd;
        there = hunk.afterEnd;
    }
    same(before.size());
    return result;
}

// The values that a build sees, by name.
using Values = std::map<std::string, std::optional<std::string>>;

Values valuesOf(const Job &job)
{
    Values values;
    const auto evaluation = dockerfile::evaluateArguments(*job.dockerfile, job.overrides(), job.platform);
    for (const auto &argument : evaluation.arguments)
        values[argument.name] = argument.value;
    for (const auto &[name, value] : job.overrides())
        values[name] = value;
    return values;
}

class Comparison
{
public:
    Comparison(const Workspace &before, const expand::Expansion &expansionBefore, const Workspace &after,
               const expand::Expansion &expansionAfter)
        : m_rulesBefore(before.matrix.rules)
        , m_rulesAfter(after.matrix.rules)
        , m_before(expansionBefore.kept)
        , m_after(expansionAfter.kept)
        , m_taken(m_before.size(), false)
    {
    }

    Effect run()
    {
        const auto [begin, end] = takeShared();
        std::unordered_map<std::string_view, std::size_t> byTag;
        for (std::size_t i = begin; i < m_before.size() && !m_taken[i]; ++i)
            byTag.emplace(m_before[i].job->platformTag, i);
        std::vector<KeptJob> fresh;
        for (std::size_t i = begin; i < end; ++i) {
            const auto same = byTag.find(m_after[i].job->platformTag);
            if (same == byTag.end()) {
                fresh.push_back(m_after[i]);
                continue;
            }
            m_taken[same->second] = true;
            compare(m_before[same->second], m_after[i]);
        }
        addFresh(fresh);
        std::stable_sort(m_effect.begin(), m_effect.end(),
                         [](const ImageChange &a, const ImageChange &b) { return a.ruleAfter < b.ruleAfter; });
        addRemoved();
        return std::move(m_effect);
    }

private:
    // Jobs at both ends that are the very same: what an edit did not touch. Which ones of those after are left.
    std::pair<std::size_t, std::size_t> takeShared()
    {
        const std::size_t most = std::min(m_before.size(), m_after.size());
        std::size_t begin = 0;
        for (; begin < most && m_before[begin].job == m_after[begin].job; ++begin)
            m_taken[begin] = true;
        std::size_t tail = 0;
        for (;
             tail < most - begin && m_before[m_before.size() - 1 - tail].job == m_after[m_after.size() - 1 - tail].job;
             ++tail)
            m_taken[m_before.size() - 1 - tail] = true;
        return {begin, m_after.size() - tail};
    }

    static std::string placeOf(std::size_t rule, const Job &job)
    {
        return std::to_string(rule) + ' ' + job.service + ' ' + job.platform;
    }

    bool haveSameFile(const Job &before, const Job &after)
    {
        if (before.dockerfile == after.dockerfile)
            return true;
        const auto [known, isNew] = m_sameFiles.try_emplace({before.dockerfile, after.dockerfile}, false);
        if (isNew)
            known->second = before.dockerfile->text == after.dockerfile->text;
        return known->second;
    }

    void compare(const KeptJob &before, const KeptJob &after)
    {
        if (before.job == after.job
            || (before.job->arguments == after.job->arguments && haveSameFile(*before.job, *after.job)))
            return;
        auto arguments = difference(*before.job, *after.job);
        if (!arguments.empty())
            add(ImageChange::Kind::Changed, &before, &after, std::move(arguments));
    }

    // With one Dockerfile only what the rules give is told, not the defaults that follow from it.
    std::vector<ArgumentChange> difference(const Job &before, const Job &after)
    {
        const Values old = valuesOf(before);
        const Values now = valuesOf(after);
        Values names;
        if (!haveSameFile(before, after)) {
            names = old;
            names.insert(now.begin(), now.end());
        }
        for (const Job *job : {&before, &after}) {
            for (const auto &[name, value] : job->overrides())
                names.emplace(name, value);
        }
        std::vector<ArgumentChange> changes;
        for (const auto &[name, value] : names) {
            const auto was = old.find(name);
            const auto is = now.find(name);
            ArgumentChange change{name, was == old.end() ? std::nullopt : was->second,
                                  is == now.end() ? std::nullopt : is->second};
            if (change.before != change.after)
                changes.push_back(std::move(change));
        }
        return changes;
    }

    void addFresh(const std::vector<KeptJob> &fresh)
    {
        if (fresh.empty())
            return;
        const std::vector<std::size_t> became = successors(m_rulesBefore, m_rulesAfter);
        std::unordered_map<std::string, std::size_t> gone;
        for (std::size_t i = 0; i < m_before.size(); ++i) {
            const std::size_t rule = became[m_before[i].rule];
            if (!m_taken[i] && rule != none)
                gone.emplace(placeOf(rule, *m_before[i].job), i);
        }
        for (const KeptJob &job : fresh) {
            const auto before = gone.find(placeOf(job.rule, *job.job));
            if (before == gone.end() || m_taken[before->second]) {
                add(ImageChange::Kind::Added, nullptr, &job, {});
                continue;
            }
            const KeptJob &old = m_before[before->second];
            m_taken[before->second] = true;
            add(ImageChange::Kind::Retagged, &old, &job, difference(*old.job, *job.job));
        }
    }

    void addRemoved()
    {
        for (std::size_t i = 0; i < m_before.size(); ++i) {
            if (!m_taken[i])
                add(ImageChange::Kind::Removed, &m_before[i], nullptr, {});
        }
    }

    // Platforms of one image with the same fate become one change.
    void add(ImageChange::Kind kind, const KeptJob *before, const KeptJob *after, std::vector<ArgumentChange> arguments)
    {
        const Job &job = after ? *after->job : *before->job;
        ImageChange change;
        change.kind = kind;
        change.tag = job.tag;
        change.beforeTag = kind == ImageChange::Kind::Retagged ? before->job->tag : std::string();
        change.backend = job.backend;
        change.service = job.service;
        if (before)
            change.ruleBefore = before->rule;
        if (after)
            change.ruleAfter = after->rule;
        change.arguments = std::move(arguments);
        if (!m_effect.empty()) {
            ImageChange &last = m_effect.back();
            change.platforms = last.platforms;
            if (last == change) {
                last.platforms.push_back(job.platform);
                return;
            }
        }
        change.platforms = {job.platform};
        m_effect.push_back(std::move(change));
    }

    const std::vector<Rule> &m_rulesBefore;
    const std::vector<Rule> &m_rulesAfter;
    const std::vector<KeptJob> &m_before;
    const std::vector<KeptJob> &m_after;
    std::map<std::pair<const dockerfile::Dockerfile *, const dockerfile::Dockerfile *>, bool> m_sameFiles;
    std::vector<bool> m_taken; ///< Jobs before that are accounted for.
    Effect m_effect;
};

} // namespace

const expand::Options &releaseOptions()
{
    static const expand::Options options = [] {
        expand::Options all;
        all.forRelease = true;
        return all;
    }();
    return options;
}

expand::Expansion releaseExpansion(const Workspace &workspace)
{
    std::vector<expand::RuleJobsPointer> rules;
    const expand::DockerfileLookup lookup = workspace.lookup();
    for (const Rule &rule : workspace.matrix.rules)
        rules.push_back(std::make_shared<const expand::RuleJobs>(
            expand::expandRule(workspace.matrix, lookup, releaseOptions(), rule)));
    return expand::gather(workspace.matrix, std::move(rules), releaseOptions());
}

Effect effectOf(const Workspace &before, const Workspace &after)
{
    return effectOf(before, releaseExpansion(before), after, releaseExpansion(after));
}

Effect effectOf(const Workspace &before, const expand::Expansion &expansionBefore, const Workspace &after,
                const expand::Expansion &expansionAfter)
{
    return Comparison(before, expansionBefore, after, expansionAfter).run();
}

const char *kindName(ImageChange::Kind kind)
{
    switch (kind) {
    case ImageChange::Kind::Added:
        return "added";
    case ImageChange::Kind::Removed:
        return "removed";
    case ImageChange::Kind::Retagged:
        return "retagged";
    case ImageChange::Kind::Changed:
        break;
    }
    return "changed";
}

} // namespace runner::workspace
