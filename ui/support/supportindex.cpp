#include "support/supportindex.h"

#include "image/imagename.h"

#include <algorithm>

namespace runner::ui {

SupportIndex SupportIndex::build(const workspace::Workspace &workspace, const expand::Plan &plan,
                                 const Problems &problems)
{
    SupportIndex index;
    index.m_workspace = &workspace;
    index.m_plan = &plan;
    for (std::size_t i = 0; i < problems.size(); ++i)
        index.m_problemLines[problems[i].where.file].emplace(problems[i].where.line, i);
    for (const catalog::Record &record : workspace.records) {
        const std::size_t colon = record.dockerImage.rfind(':');
        if (colon != std::string::npos)
            index.m_imageOfTag.emplace(record.dockerImage.substr(colon + 1), record.dockerImage);
    }
    for (std::uint32_t section = 0; section < workspace.matrix.backends.size(); ++section)
        index.addRows(section);
    index.addJobs();
    index.addTexts();
    index.markIncomplete();
    return index;
}

void SupportIndex::addRows(std::uint32_t section)
{
    const std::string &backend = m_workspace->matrix.backends[section].id;
    for (const matrix::RunnerRow &row : m_workspace->matrix.runners) {
        if (row.backend != backend)
            continue;
        SupportRow item{&row, section, static_cast<std::uint32_t>(entries.size()), 0};
        addEntries(row);
        item.endEntry = static_cast<std::uint32_t>(entries.size());
        rows.push_back(item);
    }
}

void SupportIndex::addEntries(const matrix::RunnerRow &row)
{
    const auto &services = m_workspace->matrix.services;
    for (std::uint32_t service = 0; service < services.size(); ++service) {
        for (const matrix::RunnerCell &cell : row.cells) {
            if (cell.service != services[service].id)
                continue;
            for (const matrix::RunnerEntry &entry : cell.entries)
                entries.push_back({&entry, static_cast<std::uint32_t>(rows.size()), service, -1, false});
        }
    }
}

void SupportIndex::addJobs()
{
    for (std::uint32_t i = 0; i < m_plan->jobs.size(); ++i) {
        const auto [place, isNew] = m_jobsOfTag.emplace(m_plan->jobs[i].tag, static_cast<std::int32_t>(jobs.size()));
        if (isNew)
            jobs.emplace_back();
        jobs[static_cast<std::size_t>(place->second)].push_back(i);
    }
    for (SupportEntry &entry : entries) {
        const auto found = m_jobsOfTag.find(tagOf(entry));
        entry.jobs = found == m_jobsOfTag.end() ? -1 : found->second;
    }
}

void SupportIndex::addTexts()
{
    const matrix::Matrix &matrix = m_workspace->matrix;
    for (const SupportRow &item : rows) {
        const matrix::Backend &backend = matrix.backends[item.section];
        const matrix::RunnerRow &row = *item.row;
        rowTexts.add(backend.id + '\t' + backend.name + '\t' + backend.title + '\t' + row.version + '\t'
                     + row.shownVersion + '\t' + row.originalVersion + '\t' + row.variant + '\t'
                     + backend.variantLabel(row.variant));
    }
    entryTexts.reserve(entries.size(), entries.size() * 64);
    for (const SupportEntry &entry : entries) {
        const matrix::Service &service = matrix.services[entry.service];
        entryTexts.add(service.name + '\t' + imageOf(entry) + '\t' + service.id + ' ' + entry.entry->version
                       + (entry.entry->releaseCandidate ? "\trc" : ""));
    }
    for (const std::vector<std::uint32_t> &group : jobs) {
        std::string text;
        for (const std::uint32_t job : group) {
            text += m_plan->jobs[job].platform + '\t';
            for (const matrix::Argument &argument :
                 m_plan->jobs[job].arguments.value_or(std::vector<matrix::Argument>{}))
                text += argument.text + '\t';
        }
        jobTexts.add(text);
    }
}

void SupportIndex::markIncomplete()
{
    for (SupportEntry &entry : entries)
        entry.incomplete = !entry.entry->released || !problemsOf(entry).empty();
}

std::string SupportIndex::tagOf(const SupportEntry &entry) const
{
    const matrix::RunnerRow &row = *rows[entry.row].row;
    return image::makeTag(row.backend, row.version, row.variant, m_workspace->matrix.services[entry.service].id,
                          entry.entry->version);
}

std::string SupportIndex::imageOf(const SupportEntry &entry) const
{
    const std::string tag = tagOf(entry);
    const auto known = m_imageOfTag.find(tag);
    if (known != m_imageOfTag.end())
        return known->second;
    const matrix::ImageNaming &naming = m_workspace->matrix.image;
    return naming.nameSpace + '/' + naming.repository + ':' + tag;
}

namespace {

/// The nearest line at or before another one; what begins elsewhere in the file ends what it is looked for in.
class NearestLine
{
public:
    explicit NearestLine(const Location &where)
        : m_where(where)
    {
    }

    /// Whether that is the nearest until now.
    bool take(const Location &begin)
    {
        if (begin.file != m_where.file || begin.line > m_where.line || begin.line <= m_line)
            return false;
        m_line = begin.line;
        return true;
    }

private:
    const Location &m_where;
    int m_line = 0;
};

} // namespace

int SupportIndex::entryAt(const Location &where) const
{
    NearestLine nearest(where);
    int found = -1;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (nearest.take(entries[i].entry->where))
            found = static_cast<int>(i);
    }
    for (const SupportRow &row : rows) {
        if (nearest.take(row.row->where))
            found = row.firstEntry < row.endEntry ? static_cast<int>(row.firstEntry) : -1;
    }
    const matrix::Matrix &matrix = m_workspace->matrix;
    for (const matrix::Rule &rule : matrix.rules)
        found = nearest.take(rule.where) ? -1 : found;
    for (const matrix::Backend &backend : matrix.backends)
        found = nearest.take(backend.where) ? -1 : found;
    for (const matrix::Service &service : matrix.services)
        found = nearest.take(service.where) ? -1 : found;
    return found;
}

std::vector<SupportIndex::Range> SupportIndex::placesOf(const SupportEntry &entry) const
{
    std::vector<Range> places{{entry.entry->where, entry.entry->where.line}};
    if (entry.jobs < 0)
        return places;
    for (const std::uint32_t job : jobs[static_cast<std::size_t>(entry.jobs)]) {
        const matrix::Rule &rule = m_workspace->matrix.rules[m_plan->jobs[job].rule];
        if (places.back().where != rule.where)
            places.push_back({rule.where, rule.lastLine});
    }
    return places;
}

std::vector<std::size_t> SupportIndex::problemsOf(const SupportEntry &entry) const
{
    std::vector<std::size_t> found;
    for (const Range &place : placesOf(entry)) {
        const auto file = m_problemLines.find(place.where.file);
        if (file == m_problemLines.end() || place.where.line <= 0)
            continue;
        const auto end = file->second.upper_bound(place.lastLine);
        for (auto at = file->second.lower_bound(place.where.line); at != end; ++at)
            found.push_back(at->second);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace runner::ui
