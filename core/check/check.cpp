#include "check/check.h"

#include "check/convention/convention.h"
#include "check/families.h"
#include "check/rulereport.h"
#include "workspace/effect.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace runner::check {

namespace {

auto sortKey(const Problem &problem)
{
    return std::tie(problem.where.file, problem.where.line, problem.where.column, problem.severity, problem.id,
                    problem.message);
}

// The reports of a state before, found by what the rules say.
class Reports
{
public:
    explicit Reports(const std::vector<RuleReportPointer> &reports)
        : m_reports(reports)
    {
    }

    // Rules mostly keep their place, counted from one of the ends.
    RuleReportPointer find(const std::string &key, std::size_t index, std::size_t count)
    {
        for (const std::size_t guess : {index, index + m_reports.size() - count}) {
            if (guess < m_reports.size() && m_reports[guess]->key == key)
                return m_reports[guess];
        }
        if (m_byKey.empty()) {
            for (const RuleReportPointer &report : m_reports)
                m_byKey.emplace(report->key, report);
        }
        const auto found = m_byKey.find(key);
        return found == m_byKey.end() ? nullptr : found->second;
    }

private:
    const std::vector<RuleReportPointer> &m_reports;
    std::unordered_map<std::string_view, RuleReportPointer> m_byKey;
};

class Examiner
{
public:
    Examiner(const workspace::Workspace &workspace, const ExaminationPointer &before)
        : m_workspace(workspace)
        , m_subject(workspace)
        , m_before(before && hasSameHeader(*before) ? before : nullptr)
    {
        const matrix::Matrix &matrix = workspace.matrix;
        m_result.header = {workspace.layout,      matrix.image,   matrix.services,  matrix.backends,
                           workspace.dockerfiles, matrix.runners, workspace.records};
    }

    ExaminationPointer run()
    {
        m_result.problems = m_workspace.problems;
        examineRules();
        gather();
        checkBlanks();
        checkBases();
        checkReleased();
        checkConvention();
        checkTags(m_subject, m_result.expansion, m_result.problems);
        checkFolders(m_subject, m_result.problems);
        sortProblems();
        return std::make_shared<const Examination>(std::move(m_result));
    }

private:
    bool hasSameHeader(const Examination &before) const
    {
        const matrix::Matrix &matrix = m_workspace.matrix;
        return before.header && before.header->layout == m_workspace.layout && before.header->image == matrix.image
               && before.header->services == matrix.services && before.header->backends == matrix.backends
               && before.header->dockerfiles.sharesWith(m_workspace.dockerfiles);
    }

    void append(const Problems &problems)
    {
        m_result.problems.insert(m_result.problems.end(), problems.begin(), problems.end());
    }

    void examineRules()
    {
        const std::vector<matrix::Rule> &rules = m_workspace.matrix.rules;
        static const std::vector<RuleReportPointer> none;
        Reports known(m_before ? m_before->reports : none);
        m_result.reports.reserve(rules.size());
        for (std::size_t i = 0; i < rules.size(); ++i) {
            RuleReportPointer report = known.find(keyOf(rules[i]), i, rules.size());
            if (!report)
                report = reportOn(m_subject, rules[i]);
            for (const Problem &problem : report->problems)
                m_result.problems.push_back(placed(problem, rules[i]));
            m_result.reports.push_back(std::move(report));
        }
    }

    void gather()
    {
        std::vector<expand::RuleJobsPointer> jobs;
        jobs.reserve(m_result.reports.size());
        for (const RuleReportPointer &report : m_result.reports)
            jobs.push_back(report->jobs);
        m_result.expansion = expand::gather(m_workspace.matrix, std::move(jobs), workspace::releaseOptions());
        append(m_result.expansion.problems);
    }

    void checkBlanks()
    {
        for (std::size_t i = 0; i < m_result.reports.size(); ++i)
            check::checkBlanks(m_workspace.matrix.rules[i], m_result.reports[i]->blanks, m_result.problems);
    }

    void checkBases()
    {
        std::set<std::string> wanted;
        for (const RuleReportPointer &report : m_result.reports) {
            for (const OwnBase &base : report->bases)
                wanted.insert(base.image);
        }
        const KnownImages known(m_subject, m_result.expansion, wanted);
        Problems found;
        for (std::size_t i = 0; i < m_result.reports.size(); ++i) {
            const matrix::Rule &rule = m_workspace.matrix.rules[i];
            for (const OwnBase &base : m_result.reports[i]->bases)
                known.check(placed(base, rule), rule, found);
            for (Problem &problem : found)
                m_result.problems.push_back(named(std::move(problem), rule));
            found.clear();
        }
    }

    void checkReleased()
    {
        const bool same = m_before && m_before->header->runners.sharesWith(m_workspace.matrix.runners)
                          && m_before->header->records.sharesWith(m_workspace.records);
        if (same) {
            m_result.ofReleased = m_before->ofReleased;
        } else {
            checkReleasedNames(m_subject, m_result.ofReleased);
            checkRunners(m_subject, m_result.ofReleased);
        }
        append(m_result.ofReleased);
    }

    void checkConvention()
    {
        for (std::size_t i = 0; i < m_workspace.dockerfiles.size(); ++i) {
            const workspace::PackFile &file = m_workspace.dockerfiles[i];
            Examination::FileReport report{rulesOf(file.backend), {}};
            if (m_before && m_before->ofFiles[i].rules == report.rules) {
                report.problems = m_before->ofFiles[i].problems;
            } else {
                for (convention::Finding &finding : convention::checkFile(m_workspace, file))
                    report.problems.push_back(std::move(finding.problem));
            }
            append(report.problems);
            m_result.ofFiles.push_back(std::move(report));
        }
    }

    std::string rulesOf(const std::string &backend) const
    {
        std::string keys;
        for (std::size_t i = 0; i < m_result.reports.size(); ++i) {
            if (m_workspace.matrix.rules[i].backend.text == backend)
                keys += m_result.reports[i]->key;
        }
        return keys;
    }

    void sortProblems()
    {
        Problems &problems = m_result.problems;
        std::sort(problems.begin(), problems.end(),
                  [](const Problem &a, const Problem &b) { return sortKey(a) < sortKey(b); });
        problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
    }

    const workspace::Workspace &m_workspace;
    const Subject m_subject;
    const ExaminationPointer m_before;
    Examination m_result;
};

} // namespace

ExaminationPointer examine(const workspace::Workspace &workspace, const ExaminationPointer &before)
{
    return Examiner(workspace, before).run();
}

Problems checkWorkspace(const workspace::Workspace &workspace)
{
    return examine(workspace)->problems;
}

} // namespace runner::check
