#include "dockerfile/glob.h"

#include "dockerfile/characters.h"

#include <algorithm>

namespace runner::dockerfile {

namespace {

constexpr char32_t anyCharacter = 0x200000; // beyond what text can hold

// Mirrors a pattern so that a suffix is matched as a prefix; an escape stays before the character it belongs to.
std::u32string mirrored(std::u32string_view pattern)
{
    std::u32string result(pattern.size(), U'\0');
    for (std::size_t i = 0; i < pattern.size();) {
        const std::size_t to = pattern.size() - 1 - i;
        if (pattern[i] == U'\\' && i + 1 < pattern.size()) {
            result[to - 1] = pattern[i];
            result[to] = pattern[i + 1];
            i += 2;
        } else {
            result[to] = pattern[i];
            ++i;
        }
    }
    return result;
}

bool isTemplateName(char32_t point)
{
    return point < 0x80U && isNameCharacter(point);
}

// Length of "name" or "{name}" after a dollar sign of a replacement; 0 where there is none.
std::size_t templateNameLength(std::u32string_view text)
{
    const bool braces = !text.empty() && text[0] == U'{';
    const std::size_t start = braces ? 1 : 0;
    std::size_t end = start;
    while (end < text.size() && isTemplateName(text[end]))
        ++end;
    if (end == start || (braces && (end == text.size() || text[end] != U'}')))
        return 0;
    return braces ? end + 1 : end;
}

void appendTemplate(std::u32string &out, std::u32string_view form, std::u32string_view match)
{
    for (std::size_t i = 0; i < form.size();) {
        if (form[i] != U'$') {
            out += form[i++];
            continue;
        }
        const std::u32string_view rest = form.substr(i + 1);
        if (!rest.empty() && rest[0] == U'$') {
            out += U'$';
            i += 2;
            continue;
        }
        const std::size_t length = templateNameLength(rest);
        if (length == 0)
            out += U'$';
        else if (rest.substr(0, length) == U"0" || rest.substr(0, length) == U"{0}")
            out += match;
        i += 1 + length;
    }
}

// As Go's regexp: no replacement for an empty match right after another match.
std::u32string replacedAll(const Glob &glob, std::u32string_view text, std::u32string_view form, std::size_t limit,
                           WorkBudget &budget)
{
    std::u32string out;
    std::size_t copied = 0;
    for (std::size_t from = 0; from <= text.size() && out.size() <= limit;) {
        const std::optional<GlobMatch> match = glob.find(text, from, budget);
        if (!match || !budget.spend(form.size() + match->end - from + 1))
            break;
        out += text.substr(copied, match->begin - copied);
        if (match->end > copied || match->begin == 0)
            appendTemplate(out, form, text.substr(match->begin, match->end - match->begin));
        copied = match->end;
        from = std::max(from + 1, match->end);
    }
    return out += text.substr(copied);
}

} // namespace

std::optional<Glob> Glob::compile(std::u32string_view pattern)
{
    Glob glob;
    glob.m_segments.emplace_back();
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char32_t next = i + 1 < pattern.size() ? pattern[i + 1] : U'\0';
        if (pattern[i] == U'*') {
            glob.m_segments.emplace_back();
        } else if (pattern[i] == U'?') {
            glob.m_segments.back() += anyCharacter;
        } else if (pattern[i] != U'\\') {
            glob.m_segments.back() += pattern[i];
        } else if (next == U'*' || next == U'?' || next == U'\\' || next == U'}' || next == U'/') {
            glob.m_segments.back() += pattern[++i];
        } else {
            return std::nullopt;
        }
    }
    return glob;
}

bool Glob::segmentAt(const Segment &segment, std::u32string_view text, std::size_t at, WorkBudget &budget) const
{
    if (segment.size() > text.size() - at)
        return false;
    const auto matches = [](char32_t wanted, char32_t found) {
        return wanted == anyCharacter ? found != U'\n' : wanted == found;
    };
    const auto end = segment.end();
    const auto differs = std::mismatch(segment.begin(), end, text.begin() + static_cast<std::ptrdiff_t>(at), matches);
    return budget.spend(static_cast<std::size_t>(differs.first - segment.begin()) + 1) && differs.first == end;
}

std::optional<std::size_t> Glob::segmentAfter(const Segment &segment, std::u32string_view text, std::size_t from,
                                              bool latest, WorkBudget &budget) const
{
    if (!latest) {
        for (std::size_t at = from; at <= text.size() && budget.spend(1); ++at) {
            if (segmentAt(segment, text, at, budget))
                return at;
            if (at < text.size() && text[at] == U'\n')
                break;
        }
        return std::nullopt;
    }
    const std::size_t lineEnd = std::min(text.find(U'\n', from), text.size());
    if (!budget.spend(lineEnd - from))
        return std::nullopt;
    for (std::size_t at = lineEnd + 1; at > from && budget.steps > 0; --at) {
        if (segmentAt(segment, text, at - 1, budget))
            return at - 1;
        if (!budget.spend(1))
            break;
    }
    return std::nullopt;
}

// Each run but the last takes as little as it can: that leaves the most choice for the rest, so nothing has to be
// tried again. Only the last one decides how long the whole match is.
std::optional<GlobMatch> Glob::matchAt(std::u32string_view text, std::size_t start, bool longest,
                                       WorkBudget &budget) const
{
    if (!segmentAt(m_segments.front(), text, start, budget))
        return std::nullopt;
    std::size_t end = start + m_segments.front().size();
    for (std::size_t i = 1; i < m_segments.size(); ++i) {
        const bool latest = longest && i + 1 == m_segments.size();
        const std::optional<std::size_t> at = segmentAfter(m_segments[i], text, end, latest, budget);
        if (!at)
            return std::nullopt;
        end = *at + m_segments[i].size();
    }
    return GlobMatch{start, end};
}

std::optional<GlobMatch> Glob::find(std::u32string_view text, std::size_t start, WorkBudget &budget) const
{
    for (; start <= text.size() && budget.spend(1); ++start) {
        if (const auto match = matchAt(text, start, true, budget))
            return match;
    }
    return std::nullopt;
}

std::optional<std::string> withoutPrefix(std::string_view value, std::string_view pattern, bool longest,
                                         WorkBudget &budget)
{
    const auto glob = Glob::compile(toCodePoints(pattern));
    if (!glob || !budget.spend(value.size()))
        return std::nullopt;
    const std::u32string text = toCodePoints(value);
    const auto match = glob->matchAt(text, 0, longest, budget);
    return match ? fromCodePoints(std::u32string_view(text).substr(match->end)) : std::string(value);
}

std::optional<std::string> withoutSuffix(std::string_view value, std::string_view pattern, bool longest,
                                         WorkBudget &budget)
{
    const auto glob = Glob::compile(mirrored(toCodePoints(pattern)));
    if (!glob || !budget.spend(value.size()))
        return std::nullopt;
    std::u32string text = toCodePoints(value);
    std::reverse(text.begin(), text.end());
    const auto match = glob->matchAt(text, 0, longest, budget);
    if (!match)
        return std::string(value);
    text.erase(0, match->end);
    std::reverse(text.begin(), text.end());
    return fromCodePoints(text);
}

std::optional<std::string> withReplacement(std::string_view value, std::string_view pattern,
                                           std::string_view replacement, bool all, std::size_t limit,
                                           WorkBudget &budget)
{
    const auto glob = Glob::compile(toCodePoints(pattern));
    if (!glob || !budget.spend(value.size() + replacement.size()))
        return std::nullopt;
    const std::u32string text = toCodePoints(value);
    if (all)
        return fromCodePoints(replacedAll(*glob, text, toCodePoints(replacement), limit, budget));
    const auto match = glob->find(text, 0, budget);
    if (!match)
        return std::string(value);
    const std::u32string_view view = text;
    return fromCodePoints(view.substr(0, match->begin)).append(replacement) + fromCodePoints(view.substr(match->end));
}

} // namespace runner::dockerfile
