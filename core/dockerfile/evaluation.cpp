#include "dockerfile/evaluation.h"

#include "dockerfile/characters.h"
#include "dockerfile/expander.h"
#include "dockerfile/platform.h"

#include <algorithm>
#include <set>
#include <utility>

namespace runner::dockerfile {

namespace {

// For all arguments of a file together.
constexpr std::size_t mostBytes = std::size_t{16} << 20U;
constexpr std::size_t mostProblems = 1000;
constexpr std::size_t mostInherited = 100; // references taken over from earlier declarations of the same name

void addMissing(std::vector<std::string> &names, const std::vector<std::string> &more)
{
    const std::set<std::string, std::less<>> known(names.begin(), names.end());
    for (std::size_t i = 0; i < std::min(more.size(), mostInherited); ++i) {
        if (known.find(more[i]) == known.end())
            names.push_back(more[i]);
    }
}

class Evaluator
{
public:
    Evaluator(const Dockerfile &file, const Variables &overrides, Variables predefined)
        : m_file(file)
        , m_overrides(overrides)
    {
        for (auto &[name, value] : predefined) {
            const auto given = overrides.find(name);
            if (given != overrides.end())
                value = given->second;
        }
        m_evaluation.predefined = predefined;
        m_values = std::move(predefined);
    }

    Evaluation run()
    {
        for (const ArgumentLine &line : m_file.globalArguments)
            declare(line);
        dropReplaced();
        return std::move(m_evaluation);
    }

private:
    void declare(const ArgumentLine &line);
    void setValue(EvaluatedArgument &argument, const ArgumentLine &line, std::string value);
    void expandDefault(EvaluatedArgument &argument, const ArgumentLine &line);
    void addProblem(const ArgumentLine &line, const ExpansionFailure &what);
    Location placeOf(const ArgumentLine &line, std::size_t offset) const;
    void dropReplaced();

    const Dockerfile &m_file;
    const Variables &m_overrides;
    Variables m_values; // what a default sees
    WorkBudget m_work{defaultExpansionWork};
    std::size_t m_bytes = 0;
    std::map<std::string_view, std::size_t> m_last; // where a name was declared last
    Evaluation m_evaluation;
};

// A declaration without a default leaves the value that an earlier one, or the platform, gave.
void Evaluator::declare(const ArgumentLine &line)
{
    EvaluatedArgument argument;
    const auto earlier = m_last.find(line.name);
    if (earlier != m_last.end())
        argument = std::exchange(m_evaluation.arguments[earlier->second], {});
    else if (const auto known = m_values.find(line.name); known != m_values.end())
        argument.value = known->second;
    argument.name = line.name;
    const auto given = m_overrides.find(line.name);
    if (given != m_overrides.end()) {
        argument.overridden = true;
        setValue(argument, line, given->second);
    } else if (line.defaultText) {
        expandDefault(argument, line);
    }
    if (argument.line == nullptr)
        argument.line = &line;
    m_last[line.name] = m_evaluation.arguments.size();
    m_evaluation.arguments.push_back(std::move(argument));
}

void Evaluator::setValue(EvaluatedArgument &argument, const ArgumentLine &line, std::string value)
{
    m_values[line.name] = value;
    argument.value = std::move(value);
    argument.line = &line;
}

void Evaluator::expandDefault(EvaluatedArgument &argument, const ArgumentLine &line)
{
    ExpansionOptions options;
    options.escape = m_file.escape;
    options.limit = std::min(options.limit, mostBytes - m_bytes);
    const Lookup lookup = [this](std::string_view name) -> std::optional<std::string> {
        const auto found = m_values.find(name);
        if (found == m_values.end() || !m_work.spend(found->second.size()))
            return std::nullopt;
        return found->second;
    };
    Expander expander(*line.defaultText, options, lookup, m_work);
    const bool fine = expander.run();
    std::vector<std::string> references = expander.references();
    std::erase_if(references,
                  [this](const std::string &name) { return !m_values.contains(name) && !m_last.contains(name); });
    if (std::find(references.begin(), references.end(), line.name) != references.end())
        addMissing(references, argument.references); // of the earlier declaration, which the value goes through
    argument.references = std::move(references);
    argument.line = &line;
    if (!fine) {
        argument.value.reset();
        m_values.erase(line.name);
        addProblem(line, expander.failure());
        return;
    }
    m_bytes += expander.text().size();
    setValue(argument, line, expander.text());
}

// The reader has told open quotes already.
void Evaluator::addProblem(const ArgumentLine &line, const ExpansionFailure &what)
{
    const bool quote = what.id == "expansion-unclosed" && (*line.defaultText)[what.offset] != '$';
    if (quote || m_evaluation.problems.size() >= mostProblems)
        return;
    m_evaluation.problems.push_back({what.id, Severity::Error, placeOf(line, what.offset), what.message, what.advice});
}

// The offset within the default; where the value spans lines, the name has to do.
Location Evaluator::placeOf(const ArgumentLine &line, std::size_t offset) const
{
    const std::string_view written =
        std::string_view(m_file.text).substr(std::min(line.range.begin, m_file.text.size()), line.range.size());
    const std::size_t before = line.name.size() + 1;
    if (written.substr(std::min(before, written.size())) != *line.defaultText)
        return line.where;
    Location where = line.where;
    where.column += codePointCount(written.substr(0, before + offset));
    return where;
}

// A name declared again stands where it was last; earlier places were emptied.
void Evaluator::dropReplaced()
{
    auto &arguments = m_evaluation.arguments;
    arguments.erase(std::remove_if(arguments.begin(), arguments.end(),
                                   [](const EvaluatedArgument &argument) { return argument.name.empty(); }),
                    arguments.end());
    for (std::size_t i = 0; i < arguments.size(); ++i)
        m_evaluation.places.emplace(arguments[i].name, i);
}

} // namespace

const EvaluatedArgument *Evaluation::find(std::string_view name) const
{
    const auto found = places.find(name);
    return found == places.end() ? nullptr : &arguments[found->second];
}

Variables Evaluation::variables() const
{
    Variables values;
    for (const EvaluatedArgument &argument : arguments) {
        if (argument.value)
            values[argument.name] = *argument.value;
    }
    return values;
}

Evaluation evaluateArguments(const Dockerfile &file, const Variables &overrides, const std::string &platform,
                             const std::string &target)
{
    std::string stage = target;
    if (stage.empty() && !file.stages.empty())
        stage = file.stages.back().name;
    return Evaluator(file, overrides, platformArguments(platform, stage)).run();
}

} // namespace runner::dockerfile
