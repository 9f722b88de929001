#include "check/matrixfixes.h"

#include "image/platform.h"
#include "matrix/edit/rulecorrections.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/runneredits.h"
#include "text/misspelling.h"
#include "text/position.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace runner::check {

namespace {

namespace edits = matrix::edit;

std::optional<std::string> meantPlatform(const std::string &platform)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> otherNames{
        {{"x86_64", "amd64"}, {"x64", "amd64"}, {"aarch64", "arm64"}, {"armv8", "arm64"}}};
    const auto slash = platform.find('/');
    const std::string architecture = platform.substr(slash == std::string::npos ? 0 : slash + 1);
    for (const auto &[other, name] : otherNames) {
        if (architecture == other && (slash == std::string::npos || platform.starts_with("linux/")))
            return "linux/" + std::string(name);
    }
    if (slash == std::string::npos && image::isKnownPlatform("linux/" + platform))
        return "linux/" + platform;
    const auto &defaults = matrix::defaultPlatforms();
    return text::meantName(platform, {defaults.begin(), defaults.end()});
}

std::size_t offsetOf(const std::string &text, const Location &where)
{
    std::size_t offset = text::LineIndex(text).lineStart(where.line);
    for (int column = 1; column < where.column && offset < text.size(); ++column) {
        do
            ++offset;
        while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U);
    }
    return offset;
}

class MatrixFixes
{
public:
    MatrixFixes(const workspace::Workspace &workspace, const Problem &problem)
        : m_workspace(workspace)
        , m_problem(problem)
    {
    }

    std::vector<Fix> find()
    {
        const std::vector<matrix::Rule> &rules = m_workspace.document.matrix().rules;
        for (std::size_t rule = 0; rule < rules.size(); ++rule)
            addNames(rules[rule], rule);
        if (m_problem.id == "runner-without-meaning")
            addRemoval();
        if (m_problem.id == "matrix-not-a-boolean")
            addBoolean();
        return std::move(m_fixes);
    }

private:
    bool isHere(const Location &where) const { return where == m_problem.where; }

    void add(const std::string &title, const edits::Edit &edit)
    {
        if (auto edited = edits::applyEdit(m_workspace.document, edit))
            m_fixes.push_back({title, m_workspace.matrixFile, std::move(edited->patches)});
    }

    void addNames(const matrix::Rule &rule, std::size_t index)
    {
        if (m_problem.id == "unknown-backend" && isHere(rule.backend.where)) {
            if (const auto name = text::meantName(rule.backend.text, backends()))
                add("Write " + *name, edits::setBackend(index, *name));
        }
        for (const matrix::Value &service : rule.services) {
            const bool asked = m_problem.id == "unknown-service" && isHere(service.where);
            if (const auto name = asked ? text::meantName(service.text, services()) : std::nullopt)
                add("Write " + *name, edits::replaceService(index, service.text, *name));
        }
        for (const matrix::Value &platform : rule.platforms) {
            const bool asked = m_problem.id == "unknown-platform" && isHere(platform.where);
            if (const auto name = asked ? meantPlatform(platform.text) : std::nullopt)
                add("Write " + *name, edits::replacePlatform(index, platform.text, *name));
        }
        for (std::size_t i = 0; rule.arguments && i < rule.arguments->size(); ++i) {
            if (isHere((*rule.arguments)[i].where))
                addArgument(rule, index, (*rule.arguments)[i].name());
        }
    }

    void addArgument(const matrix::Rule &rule, std::size_t index, const std::string &name)
    {
        if (m_problem.id == "repeated-argument")
            add("Keep the last " + name + " only", edits::removeRepetitions(index, name));
        if (m_problem.id == "unused-argument")
            add("Remove " + name + " from the rule", edits::unsetArgument(index, name));
        if (m_problem.id != "undeclared-argument")
            return;
        if (const auto known = text::meantName(name, declared(rule)))
            add("Write " + *known, edits::renameArgument(index, name, *known));
    }

    std::set<std::string> backends() const
    {
        std::set<std::string> names;
        for (const matrix::Backend &backend : m_workspace.matrix.backends)
            names.insert(backend.id);
        return names;
    }

    std::set<std::string> services() const
    {
        std::set<std::string> names;
        for (const matrix::Service &service : m_workspace.matrix.services)
            names.insert(service.id);
        return names;
    }

    std::set<std::string> declared(const matrix::Rule &rule) const
    {
        std::set<std::string> names;
        for (const matrix::Value &service : rule.services) {
            const dockerfile::Dockerfile *file = m_workspace.dockerfileFor(rule.backend.text, service.text);
            for (std::size_t i = 0; file && i < file->globalArguments.size(); ++i)
                names.insert(file->globalArguments[i].name);
        }
        for (const matrix::Argument &argument : *rule.arguments) // What the rule gives already is not meant twice.
            names.erase(argument.name());
        return names;
    }

    void addRemoval()
    {
        const std::vector<matrix::RunnerRow> &rows = m_workspace.document.matrix().runners;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            for (const matrix::RunnerCell &cell : rows[row].cells) {
                for (std::size_t entry = 0; entry < cell.entries.size(); ++entry) {
                    if (isHere(cell.entries[entry].where))
                        add("Remove the entry", edits::removeEntries({{row, cell.service, entry}}));
                }
            }
        }
    }

    void addBoolean()
    {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 10> words{{{"yes", "true"},
                                                                                       {"Yes", "true"},
                                                                                       {"on", "true"},
                                                                                       {"True", "true"},
                                                                                       {"TRUE", "true"},
                                                                                       {"no", "false"},
                                                                                       {"No", "false"},
                                                                                       {"off", "false"},
                                                                                       {"False", "false"},
                                                                                       {"FALSE", "false"}}};
        const std::string &text = m_workspace.document.text();
        const std::size_t begin = offsetOf(text, m_problem.where);
        const std::size_t end = std::min(text.find_first_of(" \t\r\n,}]#", begin), text.size());
        const std::string written = text.substr(std::min(begin, text.size()), end - std::min(begin, end));
        const auto word =
            std::find_if(words.begin(), words.end(), [&](const auto &each) { return each.first == written; });
        if (word != words.end())
            m_fixes.push_back({"Write " + std::string(word->second),
                               m_workspace.matrixFile,
                               {text::trimmed(text, {{begin, end}, std::string(word->second)})}});
    }

    const workspace::Workspace &m_workspace;
    const Problem &m_problem;
    std::vector<Fix> m_fixes;
};

} // namespace

std::vector<Fix> matrixFixes(const workspace::Workspace &workspace, const Problem &problem)
{
    return MatrixFixes(workspace, problem).find();
}

} // namespace runner::check
