#include "check/convention/subject.h"

#include "dockerfile/characters.h"
#include "dockerfile/stages.h"
#include "expand/plan.h"
#include "text/ascii.h"

#include <algorithm>
#include <utility>

namespace runner::check::convention {

namespace {

using dockerfile::Variables;

// Rules of one file with values of their own; further ones are taken to reach what these reach.
constexpr std::size_t mostEvaluations = 64;

// The arguments that decide what a FROM names, directly or through the defaults of others.
std::set<std::string> decisive(const dockerfile::Dockerfile &file, const dockerfile::Evaluation &evaluation)
{
    const dockerfile::StageGraph graph(file, evaluation);
    std::vector<std::string> next;
    for (std::size_t i = 0; i < file.stages.size(); ++i) {
        const auto &references = graph.fromReferences(static_cast<int>(i));
        next.insert(next.end(), references.begin(), references.end());
    }
    std::set<std::string> names;
    while (!next.empty()) {
        const std::string name = std::move(next.back());
        next.pop_back();
        if (!names.insert(name).second)
            continue;
        if (const auto *argument = evaluation.find(name))
            next.insert(next.end(), argument->references.begin(), argument->references.end());
    }
    return names;
}

Variables givenBy(const matrix::Rule &rule, const std::set<std::string> &names,
                  const std::set<std::string, std::less<>> &naming)
{
    Variables given;
    for (const matrix::Argument &argument : rule.arguments.value_or(std::vector<matrix::Argument>())) {
        const std::string name = argument.name();
        const auto value = argument.value();
        const bool awaited = value && value->empty() && naming.contains(name); // it comes with the build
        if (value && !awaited && names.contains(name))
            given[name] = *value;
    }
    return given;
}

// One platform stands for all where the file asks for none.
bool asksForPlatform(const dockerfile::Dockerfile &file)
{
    return file.text.find("TARGET") != std::string::npos || file.text.find("BUILDPLATFORM") != std::string::npos;
}

} // namespace

Subject::Subject(const workspace::Workspace &opened, const workspace::PackFile &packFile)
    : workspace(opened)
    , file(packFile.file)
    , backend(packFile.backend)
    , service(packFile.service)
    , reached(packFile.file.stages.size(), false)
{
    m_lineStarts.push_back(0);
    for (std::size_t i = file.text.find('\n'); i != std::string::npos; i = file.text.find('\n', i + 1))
        m_lineStarts.push_back(i + 1);
    findHeaderEnd();
    collectServices(packFile);
    collectNaming();
    collectEvaluations();
    collectUses();
}

void Subject::collectServices(const workspace::PackFile &packFile)
{
    const auto add = [&](const std::string &id) {
        if (workspace.dockerfileFor(backend, id) == &packFile.file && !serves(id))
            services.push_back(id);
    };
    for (const matrix::Service &known : workspace.matrix.services)
        add(known.id);
    for (const matrix::Rule &rule : workspace.matrix.rules) {
        if (rule.backend.text != backend)
            continue;
        for (const matrix::Value &named : rule.services)
            add(named.text);
    }
}

void Subject::collectNaming()
{
    const auto add = [&](const std::string &id) {
        naming.insert(expand::argumentName(id, "VERSION"));
        naming.insert(expand::argumentName(id, "VERSION_EXTRA"));
    };
    add(backend);
    std::for_each(services.begin(), services.end(), add);
    const matrix::Backend *known = workspace.matrix.findBackend(backend);
    if (known && !known->variantArgument.empty())
        naming.insert(known->variantArgument);
}

// The defaults for the platforms that are built, each rule's values for the rule's.
void Subject::collectEvaluations()
{
    const bool all = asksForPlatform(file);
    const auto looked = [&](std::vector<std::string> platforms) {
        platforms.resize(all ? platforms.size() : std::min<std::size_t>(platforms.size(), 1));
        return platforms;
    };
    for (const std::string &platform : looked(builtPlatforms()))
        evaluations.push_back(dockerfile::evaluateArguments(file, {}, platform));
    const std::set<std::string> names = decisive(file, evaluations.front());
    std::set<std::pair<Variables, std::string>> known;
    for (const matrix::Rule &rule : workspace.matrix.rules) {
        if (rule.backend.text != backend)
            continue;
        const Variables given = givenBy(rule, names, naming);
        for (const std::string &platform : looked(rule.effectivePlatforms())) {
            if (!given.empty() && evaluations.size() < mostEvaluations && known.emplace(given, platform).second)
                evaluations.push_back(dockerfile::evaluateArguments(file, given, platform));
        }
    }
}

// Of the backend's rules, in the order of the first mention; the usual ones where it has none.
std::vector<std::string> Subject::builtPlatforms() const
{
    std::vector<std::string> platforms;
    for (const matrix::Rule &rule : workspace.matrix.rules) {
        if (rule.backend.text != backend)
            continue;
        for (const std::string &platform : rule.effectivePlatforms()) {
            if (std::find(platforms.begin(), platforms.end(), platform) == platforms.end())
                platforms.push_back(platform);
        }
    }
    return platforms.empty() ? matrix::defaultPlatforms() : platforms;
}

// The stages differ only where a FROM names another stage, so builds with the same bases are looked at once.
void Subject::collectUses()
{
    std::vector<std::string> targets = services;
    targets.emplace_back(expand::runtimeTarget);
    std::set<std::vector<int>> known;
    for (const dockerfile::Evaluation &evaluation : evaluations) {
        const dockerfile::StageGraph graph(file, evaluation);
        std::vector<int> bases;
        for (std::size_t i = 0; i < reached.size(); ++i)
            bases.push_back(graph.baseOf(static_cast<int>(i)));
        if (!known.insert(bases).second)
            continue;
        for (const std::string &target : targets) {
            const int index = graph.findTarget(target);
            if (index < 0)
                continue;
            const std::vector<bool> needed = graph.neededBy(index);
            for (std::size_t i = 0; i < reached.size(); ++i)
                reached[i] = reached[i] || needed[i];
            for (const auto &use : dockerfile::argumentUses(file, target, evaluation))
                used.insert(use.first);
        }
    }
}

// Blank lines count, so that the header goes up to the first instruction.
void Subject::findHeaderEnd()
{
    const auto isComment = [](std::string_view text) {
        text = dockerfile::trimmed(text);
        return text.empty() || text.front() == '#';
    };
    bool any = false;
    for (int number = 1; lineStart(number) < file.text.size() && isComment(line(number)); ++number) {
        any = any || !dockerfile::trimmed(line(number)).empty();
        headerEnd = any ? number : 0;
    }
}

bool Subject::hasTarget() const
{
    return std::find(reached.begin(), reached.end(), true) != reached.end();
}

bool Subject::serves(std::string_view stage) const
{
    return std::any_of(services.begin(), services.end(),
                       [&](const std::string &each) { return text::lowered(each) == text::lowered(stage); });
}

Location Subject::placeOf(std::size_t offset) const
{
    const auto next = std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), offset);
    const std::size_t start = *(next - 1);
    const std::string_view before = std::string_view(file.text).substr(start, offset - start);
    return {file.fileName, static_cast<int>(next - m_lineStarts.begin()), dockerfile::codePointCount(before) + 1};
}

std::size_t Subject::lineStart(int number) const
{
    const auto index = static_cast<std::size_t>(std::max(number, 1) - 1);
    return index < m_lineStarts.size() ? m_lineStarts[index] : file.text.size();
}

std::string_view Subject::line(int number) const
{
    std::string_view text =
        std::string_view(file.text).substr(lineStart(number), lineStart(number + 1) - lineStart(number));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

std::string Subject::lineEnd() const
{
    const std::size_t feed = file.text.find('\n');
    return feed != std::string::npos && feed > 0 && file.text[feed - 1] == '\r' ? "\r\n" : "\n";
}

Problem Subject::problem(const char *id, const Location &where, std::string message, std::string advice,
                         Severity severity) const
{
    return {id, severity, where, std::move(message), std::move(advice)};
}

Fix Subject::fix(std::string title, std::vector<text::Patch> patches) const
{
    return {std::move(title), file.fileName, std::move(patches)};
}

Fix Subject::fix(std::string title, text::ByteRange range, std::string replacement) const
{
    return fix(std::move(title), std::vector<text::Patch>{{range, std::move(replacement)}});
}

} // namespace runner::check::convention
