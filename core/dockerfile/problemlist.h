// Collects what is wrong with a file, with its place, and stops before there is too much of it.
#pragma once

#include "diagnostics/problem.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace runner::dockerfile {

/// Turns offsets into lines and columns. Fast where offsets grow; a line ends after "\n" alone.
class PositionFinder
{
public:
    PositionFinder(std::string fileName, std::string_view text)
        : m_fileName(std::move(fileName))
        , m_text(text)
    {
    }

    Location at(std::size_t offset);

private:
    struct Mark
    {
        std::size_t offset = 0;
        int line = 1;
        int column = 1;
    };
    void walkTo(std::size_t offset);

    std::string m_fileName;
    std::string_view m_text;
    Mark m_mark;
    Mark m_lineStart; // where to go back to for an offset a little earlier
};

class ProblemList
{
public:
    /// More than that are not kept; a note at the end says so.
    static constexpr std::size_t most = 1000;

    explicit ProblemList(PositionFinder finder)
        : m_finder(std::move(finder))
    {
    }

    void error(std::string id, std::size_t offset, std::string message, std::string advice = {});
    void warning(std::string id, std::size_t offset, std::string message, std::string advice = {});
    void add(Problem problem);

    /// Everything, in the order of the text.
    Problems take();

private:
    void add(Severity severity, std::string id, std::size_t offset, std::string message, std::string advice);

    PositionFinder m_finder;
    Problems m_problems;
    bool m_full = false;
};

} // namespace runner::dockerfile
