#include "text/misspelling.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace runner::text {

namespace {

constexpr std::size_t longestName = 128; // Longer ones are no misspelling of anything.

} // namespace

std::size_t editDistance(const std::string &a, const std::string &b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

std::optional<std::string> meantName(const std::string &name, const std::set<std::string> &known)
{
    if (name.size() > longestName || known.contains(name))
        return std::nullopt;
    const std::size_t most = name.size() > 5 ? 2 : 1;
    std::optional<std::string> found;
    for (const std::string &each : known) {
        if (each.size() > longestName || editDistance(name, each) > most)
            continue;
        if (found)
            return std::nullopt;
        found = each;
    }
    return found;
}

} // namespace runner::text
