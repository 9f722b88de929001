// The support table flattened for the window: entries with their jobs, problems and the texts that find them.
#pragma once

#include "diagnostics/problem.h"
#include "expand/plan.h"
#include "support/textpool.h"
#include "workspace/workspace.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace runner::ui {

/// One version of one service on one row: a chip.
struct SupportEntry
{
    const matrix::RunnerEntry *entry = nullptr;
    std::uint32_t row = 0;     ///< Index into SupportIndex::rows.
    std::uint32_t service = 0; ///< Index into the matrix's services.
    std::int32_t jobs = -1;    ///< Index into SupportIndex::jobs; -1: no rule builds it.
    bool incomplete = false;   ///< No image is known, or a problem concerns it.
};

struct SupportRow
{
    const matrix::RunnerRow *row = nullptr;
    std::uint32_t section = 0; ///< Index into the matrix's backends.
    std::uint32_t firstEntry = 0;
    std::uint32_t endEntry = 0;
};

/// Immutable after build(); points into the workspace and the plan, which must outlive it.
class SupportIndex
{
public:
    static SupportIndex build(const workspace::Workspace &workspace, const expand::Plan &plan,
                              const Problems &problems);

    std::vector<SupportRow> rows;      ///< Sections in the matrix's order, rows in the file's.
    std::vector<SupportEntry> entries; ///< By row, then by service in the matrix's order, then as the file has them.
    std::vector<std::vector<std::uint32_t>> jobs; ///< Jobs of the plan that make one image together.
    TextPool rowTexts, entryTexts, jobTexts;      ///< Lower case: what finds rows, entries and jobs.

    std::string tagOf(const SupportEntry &entry) const;
    /// The image for all platforms: as the catalogue has it, else as the matrix names it.
    std::string imageOf(const SupportEntry &entry) const;
    /// The entry whose text the place lies in, or the first one of the row that it lies in; -1 where it is about none.
    /// A place without a line is about none.
    int entryAt(const Location &where) const;
    /// Indices of the problems on the lines of the entry and of the rule that builds it, ascending.
    std::vector<std::size_t> problemsOf(const SupportEntry &entry) const;

private:
    struct Range
    {
        Location where;
        int lastLine = 0;
    };

    void addRows(std::uint32_t section);
    void addEntries(const matrix::RunnerRow &row);
    void addJobs();
    void addTexts();
    void markIncomplete();
    std::vector<Range> placesOf(const SupportEntry &entry) const;

    const workspace::Workspace *m_workspace = nullptr;
    const expand::Plan *m_plan = nullptr;
    std::unordered_map<std::string, std::int32_t> m_jobsOfTag;
    std::unordered_map<std::string, std::string> m_imageOfTag;
    std::map<std::string, std::multimap<int, std::size_t>> m_problemLines; ///< By file and line.
};

} // namespace runner::ui
