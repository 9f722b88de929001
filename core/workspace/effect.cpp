#include "workspace/effect.h"

#include "text/diff.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace runner::workspace {

namespace {

using expand::Job;
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

bool haveSameFile(const Job &before, const Job &after)
{
    return before.dockerfile == after.dockerfile || before.dockerfile->text == after.dockerfile->text;
}

class Comparison
{
public:
    Comparison(const Workspace &before, const expand::Plan &planBefore, const Workspace &after, const expand::Plan &planAfter)
        : m_before(planBefore.jobs), m_after(planAfter.jobs),
          m_successors(successors(before.matrix.rules, after.matrix.rules)), m_taken(m_before.size(), false)
    {
    }

    Effect run()
    {
        std::unordered_map<std::string_view, std::size_t> byTag;
        for (std::size_t i = 0; i < m_before.size(); ++i)
            byTag.emplace(m_before[i].platformTag, i);
        std::vector<const Job *> fresh;
        // Plans run from the last rule to the first.
        for (auto job = m_after.rbegin(); job != m_after.rend(); ++job) {
            const auto same = byTag.find(job->platformTag);
            if (same == byTag.end()) {
                fresh.push_back(&*job);
                continue;
            }
            m_taken[same->second] = true;
            compare(m_before[same->second], *job);
        }
        addFresh(fresh);
        std::stable_sort(m_effect.begin(), m_effect.end(),
                         [](const ImageChange &a, const ImageChange &b) { return a.ruleAfter < b.ruleAfter; });
        addRemoved();
        return std::move(m_effect);
    }

private:
    static std::string placeOf(std::size_t rule, const Job &job)
    {
        return std::to_string(rule) + ' ' + job.service + ' ' + job.platform;
    }

    void compare(const Job &before, const Job &after)
    {
        if (before.arguments == after.arguments && haveSameFile(before, after))
            return;
        auto arguments = difference(before, after);
        if (!arguments.empty())
            add(ImageChange::Kind::Changed, &before, &after, std::move(arguments));
    }

    // With one Dockerfile only what the rules give is told, not the defaults that follow from it.
    static std::vector<ArgumentChange> difference(const Job &before, const Job &after)
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
            ArgumentChange change{name, was == old.end() ? std::nullopt : was->second, is == now.end() ? std::nullopt : is->second};
            if (change.before != change.after)
                changes.push_back(std::move(change));
        }
        return changes;
    }

    void addFresh(const std::vector<const Job *> &fresh)
    {
        if (fresh.empty())
            return;
        std::unordered_map<std::string, std::size_t> gone;
        for (std::size_t i = m_before.size(); i-- > 0;) {
            const std::size_t became = m_successors[m_before[i].rule];
            if (!m_taken[i] && became != none)
                gone.emplace(placeOf(became, m_before[i]), i);
        }
        for (const Job *job : fresh) {
            const auto before = gone.find(placeOf(job->rule, *job));
            if (before == gone.end() || m_taken[before->second]) {
                add(ImageChange::Kind::Added, nullptr, job, {});
                continue;
            }
            const Job &old = m_before[before->second];
            m_taken[before->second] = true;
            add(ImageChange::Kind::Retagged, &old, job, difference(old, *job));
        }
    }

    void addRemoved()
    {
        for (std::size_t i = m_before.size(); i-- > 0;) {
            if (!m_taken[i])
                add(ImageChange::Kind::Removed, &m_before[i], nullptr, {});
        }
    }

    // Platforms of one image with the same fate become one change.
    void add(ImageChange::Kind kind, const Job *before, const Job *after, std::vector<ArgumentChange> arguments)
    {
        const Job &job = after ? *after : *before;
        ImageChange change;
        change.kind = kind;
        change.tag = job.tag;
        change.beforeTag = kind == ImageChange::Kind::Retagged ? before->tag : std::string();
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

    const std::vector<Job> &m_before;
    const std::vector<Job> &m_after;
    std::vector<std::size_t> m_successors;
    std::vector<bool> m_taken; ///< Jobs before that are accounted for.
    Effect m_effect;
};

} // namespace

expand::Plan releasePlan(const Workspace &workspace)
{
    expand::Options options;
    options.forRelease = true;
    return expand::expand(workspace.matrix, workspace.lookup(), options);
}

Effect effectOf(const Workspace &before, const Workspace &after)
{
    return effectOf(before, releasePlan(before), after, releasePlan(after));
}

Effect effectOf(const Workspace &before, const expand::Plan &planBefore, const Workspace &after,
                const expand::Plan &planAfter)
{
    return Comparison(before, planBefore, after, planAfter).run();
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
