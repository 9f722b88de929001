// A service put into the Dockerfile of a backend that is there.
#include "check/convention/headerlines.h"
#include "check/convention/subject.h"
#include "expand/plan.h"
#include "onboard/dockerfiles.h"
#include "onboard/terms.h"

#include <algorithm>
#include <charconv>

namespace runner::onboard {

namespace {

using check::convention::Subject;
using dockerfile::Dockerfile;
using workspace::Workspace;

constexpr const char *blanks = " \t";

// The number in front of a step's text: "#   12. Stage …"; 0 for another line.
int stepNumber(std::string_view line)
{
    const std::size_t begin = line.starts_with('#') ? line.find_first_not_of(blanks, 1) : std::string_view::npos;
    if (begin == std::string_view::npos)
        return 0;
    int number = 0;
    const auto [end, error] = std::from_chars(line.data() + begin, line.data() + line.size(), number);
    return error == std::errc() && line.substr(static_cast<std::size_t>(end - line.data())).starts_with(". ") ? number
                                                                                                              : 0;
}

// Where the text of a comment line begins; its size for a blank one.
std::size_t textOf(std::string_view line)
{
    return std::min(line.find_first_not_of(blanks, 1), line.size());
}

class ServiceAdder
{
public:
    ServiceAdder(const Workspace &centre, const workspace::PackFile &packFile, const ServiceInBackend &part,
                 Problems &remarks)
        : m_subject(centre, packFile)
        , m_file(packFile.file)
        , m_part(part)
        , m_remarks(remarks)
    {
    }

    text::Patches run()
    {
        addStep();
        addHeader();
        addArguments();
        addStages();
        return std::move(m_patches);
    }

private:
    void insert(std::size_t at, std::string text) { m_patches.push_back({{at, at}, std::move(text)}); }
    void remark(const char *id, const std::string &what, const std::string &advice)
    {
        m_remarks.push_back({id, Severity::Warning, {m_file.fileName, 1, 0}, what, advice});
    }

    void addStep();
    void addHeader();
    void addArguments();
    void addStages();
    HeaderColumns columnsOf(const dockerfile::DocumentedArgument &entry) const;
    std::string fitted(const std::string &text) const;

    Subject m_subject;
    const Dockerfile &m_file;
    const ServiceInBackend &m_part;
    Problems &m_remarks;
    text::Patches m_patches;
};

// Behind the last numbered step, with the lines that go on with it.
void ServiceAdder::addStep()
{
    int last = 0;
    int steps = 0;
    for (int line = 1; line <= m_subject.headerEnd; ++line) {
        if (stepNumber(m_subject.line(line)) == steps + 1) {
            ++steps;
            last = line;
        }
    }
    if (steps == 0) {
        remark("onboard-no-steps", "The header has no numbered list of steps", "Describe the new stages in it");
        return;
    }
    const std::string_view sample = m_subject.line(last);
    const std::size_t indent = textOf(sample);
    const std::size_t text = sample.find(". ") + 2;
    int end = last + 1;
    while (end <= m_subject.headerEnd && textOf(m_subject.line(end)) >= text
           && textOf(m_subject.line(end)) < m_subject.line(end).size())
        ++end;
    const std::string first = std::string(sample.substr(0, indent)) + std::to_string(steps + 1) + ". ";
    std::string next = "#";
    next.resize(std::max(text, first.size()), ' ');
    insert(m_subject.lineStart(end), wrapped(first, next, stepOf(m_part), m_subject.lineEnd()));
}

HeaderColumns ServiceAdder::columnsOf(const dockerfile::DocumentedArgument &entry) const
{
    const std::string_view line = m_subject.line(entry.where.line);
    HeaderColumns columns;
    columns.name = line.find(entry.name);
    columns.need = std::min(line.find_first_not_of(blanks, columns.name + entry.name.size()), line.size());
    columns.text = std::min(
        line.find_first_not_of(blanks, std::min(line.find_first_of(blanks, columns.need), line.size())), line.size());
    return columns;
}

void ServiceAdder::addHeader()
{
    if (m_file.documented.empty()) {
        remark("onboard-no-header", "The header describes no arguments", "Describe the new ones in it");
        return;
    }
    const auto &last = m_file.documented.back();
    const auto place = check::convention::insertEntry(m_subject, last, "X", dockerfile::Need::Required, {});
    std::string text;
    for (const NewArgument &argument : argumentsOf(m_part))
        text += headerEntry(argument, columnsOf(last), m_subject.lineEnd());
    insert(place.range.begin, text);
}

void ServiceAdder::addArguments()
{
    std::string text;
    for (const NewArgument &argument : argumentsOf(m_part))
        text += argumentLines(argument, m_subject.lineEnd());
    if (m_file.globalArguments.empty()) {
        insert(m_subject.lineStart(m_file.stages.empty() ? 1 : m_file.stages.front().where.line),
               text + m_subject.lineEnd());
        return;
    }
    const std::size_t end = m_file.text.find('\n', m_file.globalArguments.back().range.end);
    if (end == std::string::npos)
        insert(m_file.text.size(), m_subject.lineEnd() + text);
    else
        insert(end + 1, text);
}

// The line ends of the file, in text that was made with "\n".
std::string ServiceAdder::fitted(const std::string &text) const
{
    const std::string lineEnd = m_subject.lineEnd();
    std::string result;
    for (const char c : text) {
        if (c == '\n')
            result += lineEnd;
        else if (c != '\r')
            result += c;
    }
    return result;
}

void ServiceAdder::addStages()
{
    const bool open = !m_file.text.empty() && m_file.text.back() != '\n';
    insert(m_file.text.size(), fitted((open ? "\n\n" : "\n") + stagesOf(m_part)));
}

} // namespace

ServiceInBackend partFor(const Workspace &centre, const ServiceAnswers &answers, const ServiceTarget &target)
{
    const Dockerfile *file = commonDockerfile(centre, target.backend);
    ServiceInBackend part;
    part.backend = target.backend;
    part.service = answers.service;
    part.common = hasCommonScripts(centre);
    part.shownName = shownNameOf(centre, answers.service);
    part.arguments = answers.arguments;
    if (!target.stages.empty())
        part.service.stages = target.stages;
    if (!target.baseImage.empty())
        part.service.baseImage = target.baseImage;
    part.ownBase = !part.service.baseImage.empty();
    if (!part.ownBase && file) {
        const std::string extra = expand::argumentName(target.backend, "VERSION_EXTRA");
        part.service.baseImage = runtimeImage(centre.matrix.image, {target.backend, file->findGlobal(extra) != nullptr,
                                                                    variantArgumentOf(centre, target.backend)});
    }
    return part;
}

text::Patches addService(const Workspace &centre, const Dockerfile &file, const ServiceInBackend &part,
                         Problems &remarks)
{
    const auto found = std::find_if(centre.dockerfiles.begin(), centre.dockerfiles.end(),
                                    [&](const workspace::PackFile &each) { return &each.file == &file; });
    return found == centre.dockerfiles.end() ? text::Patches() : ServiceAdder(centre, *found, part, remarks).run();
}

} // namespace runner::onboard
