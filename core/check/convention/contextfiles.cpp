#include "check/convention/contextfiles.h"

#include <algorithm>
#include <fnmatch.h>
#include <system_error>
#include <vector>

namespace runner::check::convention {

namespace fs = std::filesystem;

namespace {

class Search
{
public:
    Search(const fs::path &root, std::vector<std::string> parts, std::size_t &budget)
        : m_parts(std::move(parts))
        , m_budget(budget)
    {
        std::error_code error;
        m_root = fs::canonical(root, error);
        m_unknown = static_cast<bool>(error);
    }

    Presence run(const fs::path &folder)
    {
        const bool found = descend(folder, 0);
        return found ? Presence::Present : m_unknown ? Presence::Unknown : Presence::Missing;
    }

private:
    bool isInside(const fs::path &path)
    {
        std::error_code error;
        const fs::path target = fs::canonical(path, error);
        if (error)
            return false;
        const auto [end, rest] = std::mismatch(m_root.begin(), m_root.end(), target.begin(), target.end());
        m_unknown = m_unknown || end != m_root.end();
        return end == m_root.end();
    }

    // The parts are few: a path has at most 4,096 bytes.
    bool descend(const fs::path &folder, std::size_t part)
    {
        std::error_code error;
        if (part == m_parts.size())
            return fs::exists(fs::symlink_status(folder, error));
        if (!fs::is_directory(folder, error) || !isInside(folder))
            return false;
        if (!isPattern(m_parts[part]))
            return descend(folder / m_parts[part], part + 1);
        fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
            if (m_budget == 0) {
                m_unknown = true;
                return false;
            }
            --m_budget;
            if (::fnmatch(m_parts[part].c_str(), entry->path().filename().c_str(), 0) == 0
                && descend(entry->path(), part + 1))
                return true;
        }
        return false;
    }

    std::vector<std::string> m_parts;
    fs::path m_root;
    std::size_t &m_budget;
    bool m_unknown = false;
};

std::vector<std::string> partsOf(std::string_view source)
{
    std::vector<std::string> parts;
    while (!source.empty()) {
        const std::size_t slash = std::min(source.find('/'), source.size());
        const std::string_view part = source.substr(0, slash);
        if (part == ".." && !parts.empty())
            parts.pop_back();
        else if (part != ".." && part != "." && !part.empty())
            parts.emplace_back(part);
        source.remove_prefix(std::min(slash + 1, source.size()));
    }
    return parts;
}

} // namespace

bool isPattern(std::string_view source)
{
    return source.find_first_of("*?[\\") != std::string_view::npos;
}

Presence lookFor(const fs::path &root, const fs::path &folder, std::string_view source, std::size_t &budget)
{
    constexpr std::size_t longestPath = 4096;
    if (source.size() > longestPath || source.find('\0') != std::string_view::npos)
        return Presence::Unknown;
    return Search(root, partsOf(source), budget).run(folder);
}

} // namespace runner::check::convention
