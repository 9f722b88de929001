#include "build/stagearguments.h"

#include "dockerfile/dockerfile.h"
#include "dockerfile/evaluation.h"
#include "dockerfile/expansion.h"

#include <charconv>

namespace runner::build {

namespace {

/// "base" of "[linux/amd64 base 2/3] RUN make"; empty where the name gives none.
std::string_view stageWord(std::string_view step)
{
    const std::size_t end = step.starts_with('[') ? step.find("] ") : step.npos;
    std::string_view words = end == step.npos ? std::string_view() : step.substr(1, end - 1);
    const std::size_t number = words.rfind(' ');
    if (number == words.npos)
        return {};
    words = words.substr(0, number);
    words = words.substr(words.rfind(' ') + 1); // npos + 1 is 0
    return words.find('/') == words.npos ? words : std::string_view();
}

/// BuildKit calls stages without a name "stage-1", and an only one nothing.
int stageOf(const dockerfile::Dockerfile &file, std::string_view step)
{
    const std::string_view word = stageWord(step);
    const int count = static_cast<int>(file.stages.size());
    if (word.empty())
        return count == 1 && step.starts_with('[') ? 0 : -1;
    constexpr std::string_view unnamed = "stage-";
    int index = file.findStage(word);
    if (index < 0 && word.starts_with(unnamed))
        std::from_chars(word.data() + unnamed.size(), word.data() + word.size(), index);
    return index < count ? index : -1;
}

class Arguments
{
public:
    Arguments(const dockerfile::Dockerfile &file, const Request &request, const std::string &target)
        : m_file(file)
        , m_target(target)
        , m_given(request.buildArguments.begin(), request.buildArguments.end())
        , m_evaluation(dockerfile::evaluateArguments(file, m_given, request.platform, target))
    {
    }

    std::map<std::string, std::string> find()
    {
        for (const auto &use : dockerfile::argumentUses(m_file, m_target, m_evaluation))
            add(use.first, {});
        for (const int index : dockerfile::stagesFor(m_file, m_target, m_evaluation)) {
            for (const dockerfile::ArgumentLine &line : m_file.stages[static_cast<std::size_t>(index)].arguments)
                add(line.name, line.defaultText);
        }
        return std::move(m_found);
    }

private:
    void add(const std::string &name, const std::optional<std::string> &ownDefault)
    {
        if (const auto given = m_given.find(name); given != m_given.end()) {
            m_found[name] = given->second;
        } else if (ownDefault) {
            const auto lookup = [this](std::string_view other) -> std::optional<std::string> {
                const auto found = m_found.find(std::string(other));
                return found == m_found.end() ? std::nullopt : std::optional(found->second);
            };
            const auto value = dockerfile::expandWord(*ownDefault, m_file.escape, lookup);
            m_found[name] = value ? value->text : *ownDefault;
        } else if (const auto *global = m_evaluation.find(name); global && global->value) {
            m_found[name] = *global->value;
        }
    }

    const dockerfile::Dockerfile &m_file;
    std::string m_target;
    dockerfile::Variables m_given;
    dockerfile::Evaluation m_evaluation;
    std::map<std::string, std::string> m_found;
};

} // namespace

std::optional<std::map<std::string, std::string>> stageArguments(const KnownBuild &build, const std::string &step)
{
    if (build.dockerfile.empty())
        return {};
    dockerfile::Dockerfile file = dockerfile::readDockerfile(build.dockerfile, build.record.request.dockerfile);
    const int stage = stageOf(file, step);
    if (stage < 0)
        return {};
    std::string &target = file.stages[static_cast<std::size_t>(stage)].name;
    if (target.empty()) // so that it can be asked for
        target = "stage-" + std::to_string(stage);
    return Arguments(file, build.record.request, target).find();
}

} // namespace runner::build
