#include "check/rulereport.h"

#include "check/families.h"
#include "workspace/effect.h"

#include <string_view>
#include <utility>

namespace runner::check {

namespace {

class KeyWriter
{
public:
    explicit KeyWriter(const matrix::Rule &rule)
        : m_line(rule.where.line)
    {
        number(rule.where.column);
        value(rule.backend);
        list('s', rule.services);
        list('p', rule.platforms);
        if (rule.arguments)
            list('a', *rule.arguments);
    }

    std::string take() { return std::move(m_key); }

private:
    void number(int value) { m_key.append(reinterpret_cast<const char *>(&value), sizeof value); }

    template <typename Value>
    void value(const Value &value)
    {
        number(static_cast<int>(value.text.size()));
        m_key += value.text;
        number(value.where.line - m_line);
        number(value.where.column);
    }

    template <typename Values>
    void list(char mark, const Values &values)
    {
        m_key += mark;
        number(static_cast<int>(values.size()));
        for (const auto &each : values)
            value(each);
    }

    int m_line;
    std::string m_key;
};

// To and from lines that count from the rule's.
void move(Location &where, const matrix::Rule &rule, int lines)
{
    if (where.file == rule.where.file)
        where.line += lines;
}

} // namespace

std::string keyOf(const matrix::Rule &rule)
{
    return KeyWriter(rule).take();
}

RuleReportPointer reportOn(const Subject &subject, const matrix::Rule &rule)
{
    auto report = std::make_shared<RuleReport>();
    report->key = keyOf(rule);
    report->jobs = std::make_shared<const expand::RuleJobs>(
        expand::expandRule(subject.matrix, subject.workspace.lookup(), workspace::releaseOptions(), rule));
    report->blanks = blanksOf(*report->jobs);
    const RuleSubject of(subject, rule);
    checkRule(of, report->problems);
    checkArguments(of, report->problems);
    checkCase(of, report->problems);
    checkBaseImages(of, report->bases, report->problems);
    for (Problem &problem : report->problems)
        move(problem.where, rule, -rule.where.line);
    for (OwnBase &base : report->bases)
        move(base.where, rule, -rule.where.line);
    return report;
}

Problem placed(Problem problem, const matrix::Rule &rule)
{
    move(problem.where, rule, rule.where.line);
    return named(std::move(problem), rule);
}

Problem named(Problem problem, const matrix::Rule &rule)
{
    if (const auto mark = problem.message.find(thisRule); mark != std::string::npos)
        problem.message.replace(mark, std::string_view(thisRule).size(), describe(rule));
    return problem;
}

OwnBase placed(OwnBase base, const matrix::Rule &rule)
{
    move(base.where, rule, rule.where.line);
    return base;
}

} // namespace runner::check
