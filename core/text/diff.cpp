#include "text/diff.h"

#include <algorithm>
#include <unordered_map>

namespace runner::text {

namespace {

// Edits between two anchors beyond which the search gives up and takes the whole stretch as changed.
constexpr int maxEdits = 600;

using Numbers = std::vector<int>;

struct Stretch
{
    std::size_t a0, a1, b0, b1;
};

// Lines that occur once in both texts and in the same order anchor the diff (patience); what lies between two anchors
// is searched with Myers' greedy algorithm, up to a bounded number of edits.
class Differ
{
public:
    Differ(const Numbers &a, const Numbers &b)
        : m_a(a)
        , m_b(b)
    {
    }

    std::vector<Hunk> run()
    {
        Stretch rest = trimmed({0, m_a.size(), 0, m_b.size()});
        for (const auto &[x, y] : anchors(rest)) {
            if (x < rest.a0 || y < rest.b0)
                continue;
            search(trimmed({rest.a0, x, rest.b0, y}));
            rest.a0 = x + 1;
            rest.b0 = y + 1;
        }
        search(trimmed(rest));
        return std::move(m_hunks);
    }

private:
    Stretch trimmed(Stretch s) const
    {
        while (s.a0 < s.a1 && s.b0 < s.b1 && m_a[s.a0] == m_b[s.b0]) {
            ++s.a0;
            ++s.b0;
        }
        while (s.a0 < s.a1 && s.b0 < s.b1 && m_a[s.a1 - 1] == m_b[s.b1 - 1]) {
            --s.a1;
            --s.b1;
        }
        return s;
    }

    // Positions of the values that a stretch has exactly once; npos for those it has more often.
    static std::unordered_map<int, std::size_t> singles(const Numbers &values, std::size_t begin, std::size_t end)
    {
        std::unordered_map<int, std::size_t> found;
        for (std::size_t i = begin; i < end; ++i) {
            const auto [known, isNew] = found.emplace(values[i], i);
            if (!isNew)
                known->second = std::string::npos;
        }
        return found;
    }

    std::vector<std::pair<std::size_t, std::size_t>> anchors(const Stretch &s) const
    {
        const auto inA = singles(m_a, s.a0, s.a1);
        const auto inB = singles(m_b, s.b0, s.b1);
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        for (std::size_t i = s.a0; i < s.a1; ++i) {
            const auto there = inB.find(m_a[i]);
            if (inA.at(m_a[i]) == i && there != inB.end() && there->second != std::string::npos)
                pairs.emplace_back(i, there->second);
        }
        return longestAscending(pairs);
    }

    static std::vector<std::pair<std::size_t, std::size_t>>
    longestAscending(const std::vector<std::pair<std::size_t, std::size_t>> &pairs)
    {
        std::vector<std::size_t> tails;
        std::vector<std::size_t> previous(pairs.size(), std::string::npos);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const auto place =
                std::lower_bound(tails.begin(), tails.end(), i, [&](std::size_t left, std::size_t right) {
                    return pairs[left].second < pairs[right].second;
                });
            if (place != tails.begin())
                previous[i] = *(place - 1);
            if (place == tails.end())
                tails.push_back(i);
            else
                *place = i;
        }
        std::vector<std::pair<std::size_t, std::size_t>> chosen;
        for (std::size_t i = tails.empty() ? std::string::npos : tails.back(); i != std::string::npos; i = previous[i])
            chosen.push_back(pairs[i]);
        std::reverse(chosen.begin(), chosen.end());
        return chosen;
    }

    void add(std::size_t a0, std::size_t a1, std::size_t b0, std::size_t b1)
    {
        if (a0 == a1 && b0 == b1)
            return;
        if (!m_hunks.empty() && m_hunks.back().beforeEnd == a0 && m_hunks.back().afterEnd == b0) {
            m_hunks.back().beforeEnd = a1;
            m_hunks.back().afterEnd = b1;
        } else {
            m_hunks.push_back({a0, a1, b0, b1});
        }
    }

    void search(const Stretch &s)
    {
        if (s.a0 == s.a1 || s.b0 == s.b1)
            return add(s.a0, s.a1, s.b0, s.b1);
        const std::vector<Numbers> trace = forward(s);
        if (trace.empty())
            return add(s.a0, s.a1, s.b0, s.b1);
        backward(s, trace);
    }

    // The furthest reaching paths for 0, 1, 2… edits, until the end is reached; nothing when that takes too many.
    std::vector<Numbers> forward(const Stretch &s) const
    {
        const int n = static_cast<int>(s.a1 - s.a0);
        const int m = static_cast<int>(s.b1 - s.b0);
        const int limit = std::min(n + m, maxEdits);
        std::vector<Numbers> trace;
        Numbers reach(index(2 * limit + 3), 0);
        for (int d = 0; d <= limit; ++d) {
            trace.emplace_back(reach.begin() + (limit + 1 - d), reach.begin() + (limit + 1 + d + 1));
            for (int k = -d; k <= d; k += 2) {
                auto *at = &reach[index(k + limit + 1)];
                int x = k == -d || (k != d && at[-1] < at[1]) ? at[1] : at[-1] + 1;
                while (x < n && x - k < m && same(s, x, x - k))
                    ++x;
                *at = x;
                if (x >= n && x - k >= m)
                    return trace;
            }
        }
        return {};
    }

    bool same(const Stretch &s, int x, int y) const
    {
        return y >= 0 && m_a[s.a0 + static_cast<std::size_t>(x)] == m_b[s.b0 + static_cast<std::size_t>(y)];
    }

    void backward(const Stretch &s, const std::vector<Numbers> &trace)
    {
        std::vector<Hunk> steps;
        int x = static_cast<int>(s.a1 - s.a0);
        int y = static_cast<int>(s.b1 - s.b0);
        for (int d = static_cast<int>(trace.size()) - 1; d > 0; --d) {
            const Numbers &reach = trace[index(d)];
            const auto at = [&](int k) { return reach[index(k + d)]; };
            const int k = x - y;
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            const int previous = down ? k + 1 : k - 1;
            const int px = at(previous);
            const int py = px - previous;
            steps.push_back({index(px), index(down ? px : px + 1), index(py), index(down ? py + 1 : py)});
            x = px;
            y = py;
        }
        for (auto step = steps.rbegin(); step != steps.rend(); ++step)
            add(s.a0 + step->beforeBegin, s.a0 + step->beforeEnd, s.b0 + step->afterBegin, s.b0 + step->afterEnd);
    }

    static std::size_t index(int value) { return static_cast<std::size_t>(value); }

    const Numbers &m_a;
    const Numbers &m_b;
    std::vector<Hunk> m_hunks;
};

std::string rangeText(std::size_t begin, std::size_t end)
{
    const std::size_t count = end - begin;
    const std::size_t first = count == 0 ? begin : begin + 1;
    return std::to_string(first) + (count == 1 ? "" : "," + std::to_string(count));
}

class UnifiedWriter
{
public:
    UnifiedWriter(std::string_view before, std::string_view after)
        : m_before(linesOf(before))
        , m_after(linesOf(after))
    {
    }

    std::string run(std::size_t context)
    {
        const std::vector<Hunk> hunks = diffLines(m_before, m_after);
        for (std::size_t i = 0; i < hunks.size();) {
            std::size_t last = i;
            while (last + 1 < hunks.size() && hunks[last + 1].beforeBegin - hunks[last].beforeEnd <= 2 * context)
                ++last;
            writeGroup(hunks, i, last, context);
            i = last + 1;
        }
        return std::move(m_text);
    }

private:
    void writeGroup(const std::vector<Hunk> &hunks, std::size_t first, std::size_t last, std::size_t context)
    {
        const std::size_t lead = std::min(context, hunks[first].beforeBegin);
        const std::size_t tail = std::min(context, m_before.size() - hunks[last].beforeEnd);
        m_text += "@@ -" + rangeText(hunks[first].beforeBegin - lead, hunks[last].beforeEnd + tail) + " +"
                  + rangeText(hunks[first].afterBegin - lead, hunks[last].afterEnd + tail) + " @@\n";
        std::size_t at = hunks[first].beforeBegin - lead;
        for (std::size_t i = first; i <= last; ++i) {
            writeLines(' ', m_before, at, hunks[i].beforeBegin);
            writeLines('-', m_before, hunks[i].beforeBegin, hunks[i].beforeEnd);
            writeLines('+', m_after, hunks[i].afterBegin, hunks[i].afterEnd);
            at = hunks[i].beforeEnd;
        }
        writeLines(' ', m_before, at, at + tail);
    }

    void writeLines(char mark, const std::vector<std::string_view> &lines, std::size_t begin, std::size_t end)
    {
        for (std::size_t i = begin; i < end; ++i) {
            m_text += mark;
            m_text += lines[i];
            if (!lines[i].ends_with('\n'))
                m_text += lines[i].ends_with('\r') ? "\n" : "\n\\ No newline at end of file\n";
        }
    }

    std::vector<std::string_view> m_before;
    std::vector<std::string_view> m_after;
    std::string m_text;
};

} // namespace

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool loneReturn = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
        if (text[i] == '\n' || loneReturn) {
            lines.push_back(text.substr(begin, i + 1 - begin));
            begin = i + 1;
        }
    }
    if (begin < text.size())
        lines.push_back(text.substr(begin));
    return lines;
}

std::vector<Hunk> diffNumbers(const std::vector<int> &before, const std::vector<int> &after)
{
    return Differ(before, after).run();
}

std::vector<Hunk> diffLines(const std::vector<std::string_view> &before, const std::vector<std::string_view> &after)
{
    std::unordered_map<std::string_view, int> known;
    const auto numbersOf = [&](const std::vector<std::string_view> &lines) {
        Numbers numbers;
        numbers.reserve(lines.size());
        for (const std::string_view line : lines)
            numbers.push_back(known.emplace(line, static_cast<int>(known.size())).first->second);
        return numbers;
    };
    const Numbers a = numbersOf(before);
    const Numbers b = numbersOf(after);
    return diffNumbers(a, b);
}

LinePlace placeOfLine(std::string_view before, std::string_view after, int line)
{
    const auto old = static_cast<std::size_t>(std::max(line, 1) - 1);
    std::size_t now = old;
    for (const Hunk &hunk : diffLines(linesOf(before), linesOf(after))) {
        if (old < hunk.beforeBegin)
            break;
        if (old < hunk.beforeEnd)
            return {static_cast<int>(hunk.afterBegin) + 1, false};
        now = hunk.afterEnd + (old - hunk.beforeEnd);
    }
    return {static_cast<int>(now) + 1, true};
}

std::string unifiedDiff(std::string_view before, std::string_view after, const std::string &beforeName,
                        const std::string &afterName, std::size_t context)
{
    if (before == after)
        return {};
    return "--- " + beforeName + "\n+++ " + afterName + "\n" + UnifiedWriter(before, after).run(context);
}

} // namespace runner::text
