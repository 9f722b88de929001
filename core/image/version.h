// The order of versions: PEP 440, and a total order for everything else.
#pragma once

// <string> brings <compare>; named here, it would stop the moc of Qt 6.4.
#include <string>
#include <string_view>
#include <vector>

namespace runner::image {

/// A version that compares by PEP 440 where it follows PEP 440. Anything else sorts below every valid version, by its
/// dotted parts: numbers by value and below texts, texts by bytes. The order is total; versions that PEP 440 holds
/// equal (2.1 and 2.1.0) are equivalent here too.
class Version
{
public:
    explicit Version(std::string_view text);

    const std::string &text() const { return m_text; }
    bool isPep440() const { return m_valid; }

    std::weak_ordering operator<=>(const Version &other) const;
    bool operator==(const Version &other) const { return std::is_eq(*this <=> other); }

private:
    std::string m_text;
    bool m_valid = false;
    std::string m_key; ///< The private form may change: compares as bytes.
};

/// Stable, newest first.
std::vector<std::string> sortedNewestFirst(std::vector<std::string> versions);

} // namespace runner::image
