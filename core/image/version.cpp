#include "image/version.h"

#include "image/versionkey.h"

#include <algorithm>

namespace runner::image {

Version::Version(std::string_view text)
    : m_text(text)
{
    const auto key = pep440Key(text);
    m_valid = key.has_value();
    m_key = m_valid ? *key : fallbackKey(text);
}

std::weak_ordering Version::operator<=>(const Version &other) const
{
    if (m_valid != other.m_valid)
        return m_valid ? std::weak_ordering::greater : std::weak_ordering::less;
    const int difference = m_key.compare(other.m_key);
    if (difference == 0)
        return std::weak_ordering::equivalent;
    return difference < 0 ? std::weak_ordering::less : std::weak_ordering::greater;
}

std::vector<std::string> sortedNewestFirst(std::vector<std::string> versions)
{
    std::vector<Version> keyed(versions.begin(), versions.end());
    std::stable_sort(keyed.begin(), keyed.end(), [](const Version &a, const Version &b) { return a > b; });
    std::transform(keyed.begin(), keyed.end(), versions.begin(), [](const Version &v) { return v.text(); });
    return versions;
}

} // namespace runner::image
