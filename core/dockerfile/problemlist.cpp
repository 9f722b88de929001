#include "dockerfile/problemlist.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace runner::dockerfile {

Location PositionFinder::at(std::size_t offset)
{
    offset = std::min(offset, m_text.size());
    if (offset < m_mark.offset)
        m_mark = offset >= m_lineStart.offset ? m_lineStart : Mark{};
    walkTo(offset);
    return {m_fileName, m_mark.line, m_mark.column};
}

void PositionFinder::walkTo(std::size_t offset)
{
    for (; m_mark.offset < offset; ++m_mark.offset) {
        const auto byte = static_cast<unsigned char>(m_text[m_mark.offset]);
        if (byte == '\n') {
            m_mark = {m_mark.offset, m_mark.line + 1, 1};
            m_lineStart = {m_mark.offset + 1, m_mark.line, 1};
        } else {
            m_mark.column += (byte & 0xC0U) != 0x80U ? 1 : 0;
        }
    }
}

void ProblemList::error(std::string id, std::size_t offset, std::string message, std::string advice)
{
    add(Severity::Error, std::move(id), offset, std::move(message), std::move(advice));
}

void ProblemList::warning(std::string id, std::size_t offset, std::string message, std::string advice)
{
    add(Severity::Warning, std::move(id), offset, std::move(message), std::move(advice));
}

void ProblemList::add(Severity severity, std::string id, std::size_t offset, std::string message, std::string advice)
{
    if (!m_full)
        add(Problem{std::move(id), severity, m_finder.at(offset), std::move(message), std::move(advice)});
}

void ProblemList::add(Problem problem)
{
    if (m_full)
        return;
    m_problems.push_back(std::move(problem));
    if (m_problems.size() < most)
        return;
    m_full = true;
    m_problems.push_back({"dockerfile-too-many-problems", Severity::Note, m_problems.back().where,
                          "Further problems are not shown", "Mend the first ones and look again"});
}

Problems ProblemList::take()
{
    const auto place = [](const Problem &problem) { return std::tie(problem.where.line, problem.where.column); };
    std::stable_sort(m_problems.begin(), m_problems.end(),
                     [&](const Problem &a, const Problem &b) { return place(a) < place(b); });
    return std::exchange(m_problems, {});
}

} // namespace runner::dockerfile
