#include "image/versionkey.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace runner::image {

namespace {

bool isNumber(std::string_view text)
{
    return text::consistsOf(text, text::isDigit);
}

// A number of any size: the count of its digits first, so that longer numbers are greater, then the digits.
void appendNumber(std::string &key, std::string_view digits)
{
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    const std::size_t count = digits.size();
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        key += static_cast<char>((count >> shift) & 0xFFU);
    key += digits;
}

// The letters of a pre-release, longer spellings before those they begin with, and what they mean.
constexpr std::array<std::pair<std::string_view, char>, 8> preSpellings{
    {{"alpha", 'a'}, {"beta", 'b'}, {"preview", 'c'}, {"pre", 'c'}, {"rc", 'c'}, {"a", 'a'}, {"b", 'b'}, {"c", 'c'}}};
constexpr std::array<std::string_view, 3> postSpellings{"post", "rev", "r"};

// Reads the grammar of PEP 440, appendix B, from left to right over lower-case text. Every optional part either
// matches or leaves the position where it was.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    bool atEnd() const { return m_at == m_text.size(); }

    bool take(char c)
    {
        const bool found = !atEnd() && m_text[m_at] == c;
        m_at += found ? 1 : 0;
        return found;
    }

    bool take(std::string_view word)
    {
        const bool found = m_text.substr(m_at, word.size()) == word;
        m_at += found ? word.size() : 0;
        return found;
    }

    bool takeSeparator() { return take('.') || take('-') || take('_'); }

    std::string_view takeDigits() { return takeWhile(text::isDigit); }

    std::string_view takeAlphanumerics()
    {
        return takeWhile([](char c) { return text::isDigit(c) || text::isLower(c); });
    }

    std::size_t position() const { return m_at; }
    void backTo(std::size_t position) { m_at = position; }

private:
    template <typename Predicate>
    std::string_view takeWhile(Predicate predicate)
    {
        const std::size_t begin = m_at;
        while (!atEnd() && predicate(m_text[m_at]))
            ++m_at;
        return m_text.substr(begin, m_at - begin);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

struct Numbered
{
    char letter = '\0';
    std::string_view number;
};

struct Parts
{
    std::string_view epoch;
    std::vector<std::string_view> release;
    std::optional<Numbered> pre;
    std::optional<std::string_view> post, dev;
    std::vector<std::string_view> local;
};

bool scanRelease(Scanner &scan, Parts &parts)
{
    std::string_view first = scan.takeDigits();
    if (first.empty())
        return false;
    if (scan.take('!')) {
        parts.epoch = first;
        first = scan.takeDigits();
    }
    if (first.empty())
        return false;
    parts.release.push_back(first);
    for (;;) {
        const std::size_t before = scan.position();
        const std::string_view next = scan.take('.') ? scan.takeDigits() : std::string_view();
        if (next.empty()) {
            scan.backTo(before);
            return true;
        }
        parts.release.push_back(next);
    }
}

std::string_view scanNumber(Scanner &scan)
{
    scan.takeSeparator();
    return scan.takeDigits();
}

void scanPre(Scanner &scan, Parts &parts)
{
    const std::size_t before = scan.position();
    scan.takeSeparator();
    for (const auto &[spelling, letter] : preSpellings) {
        if (scan.take(spelling)) {
            parts.pre = Numbered{letter, scanNumber(scan)};
            return;
        }
    }
    scan.backTo(before);
}

// "-1" alone is a post-release too.
bool scanImplicitPost(Scanner &scan, Parts &parts)
{
    const std::size_t before = scan.position();
    const std::string_view number = scan.take('-') ? scan.takeDigits() : std::string_view();
    if (number.empty()) {
        scan.backTo(before);
        return false;
    }
    parts.post = number;
    return true;
}

void scanPost(Scanner &scan, Parts &parts)
{
    if (scanImplicitPost(scan, parts))
        return;
    const std::size_t before = scan.position();
    scan.takeSeparator();
    for (const std::string_view spelling : postSpellings) {
        if (scan.take(spelling)) {
            parts.post = scanNumber(scan);
            return;
        }
    }
    scan.backTo(before);
}

void scanDev(Scanner &scan, Parts &parts)
{
    const std::size_t before = scan.position();
    scan.takeSeparator();
    if (scan.take("dev"))
        parts.dev = scanNumber(scan);
    else
        scan.backTo(before);
}

bool scanLocal(Scanner &scan, Parts &parts)
{
    if (!scan.take('+'))
        return true;
    do {
        parts.local.push_back(scan.takeAlphanumerics());
        if (parts.local.back().empty())
            return false;
    } while (scan.takeSeparator());
    return true;
}

std::optional<Parts> scanVersion(std::string_view text)
{
    Scanner scan(text);
    Parts parts;
    scan.take('v');
    if (!scanRelease(scan, parts))
        return std::nullopt;
    scanPre(scan, parts);
    scanPost(scan, parts);
    scanDev(scan, parts);
    if (!scanLocal(scan, parts) || !scan.atEnd())
        return std::nullopt;
    return parts;
}

void appendRelease(std::string &key, std::vector<std::string_view> release)
{
    // 2.1 and 2.1.0 are equal.
    while (!release.empty() && release.back().find_first_not_of('0') == std::string_view::npos)
        release.pop_back();
    for (const std::string_view part : release) {
        key += '\x01';
        appendNumber(key, part);
    }
    key += '\0';
}

// 1.0.dev1 < 1.0a1.dev1 < 1.0a1 < 1.0a1.post1 < 1.0rc1 < 1.0 < 1.0.post1.dev1 < 1.0.post1
void appendStages(std::string &key, const Parts &parts)
{
    if (parts.pre) {
        key += '\x01';
        key += parts.pre->letter;
        appendNumber(key, parts.pre->number);
    } else {
        key += !parts.post && parts.dev ? '\0' : '\x02';
    }
    key += parts.post ? '\x01' : '\0';
    if (parts.post)
        appendNumber(key, *parts.post);
    key += parts.dev ? '\0' : '\x01';
    if (parts.dev)
        appendNumber(key, *parts.dev);
}

// No local part < fewer parts < more; texts below numbers.
void appendLocal(std::string &key, const std::vector<std::string_view> &local)
{
    for (const std::string_view part : local) {
        if (isNumber(part)) {
            key += '\x02';
            appendNumber(key, part);
        } else {
            key += '\x01';
            key += part;
            key += '\0';
        }
    }
    key += '\0';
}

std::string_view withoutBlanks(std::string_view text)
{
    constexpr std::string_view blanks = " \t\n\r\f\v";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

// A NUL is escaped, so that the end of a part sorts below everything that can follow.
void appendText(std::string &key, std::string_view text)
{
    for (const char c : text) {
        key += c;
        if (c == '\0')
            key += '\xFF';
    }
    key.append(2, '\0');
}

} // namespace

std::optional<std::string> pep440Key(std::string_view text)
{
    const std::string lower = text::lowered(withoutBlanks(text));
    const auto parts = scanVersion(lower);
    if (!parts)
        return std::nullopt;
    std::string key;
    appendNumber(key, parts->epoch);
    appendRelease(key, parts->release);
    appendStages(key, *parts);
    appendLocal(key, parts->local);
    return key;
}

std::string fallbackKey(std::string_view text)
{
    std::string key;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('.', begin), text.size());
        const std::string_view part = text.substr(begin, end - begin);
        key += isNumber(part) ? '\x01' : '\x02';
        if (isNumber(part))
            appendNumber(key, part);
        else
            appendText(key, part);
        begin = end + 1;
    }
    return key;
}

} // namespace runner::image
