// The canonical order of the catalogue, as the older merge step wrote it.
#include "catalog/catalog.h"

#include "text/ascii.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace runner::catalog {

namespace {

// The purely numeric parts of a version as bytes: for each the count of its digits, then the digits. The first
// byte in which two keys differ tells the greater version, and a key that begins another has fewer parts.
std::string numericKey(std::string_view version)
{
    std::string key;
    for (std::size_t begin = 0; begin <= version.size();) {
        const std::size_t end = std::min(version.find('.', begin), version.size());
        std::string_view part = version.substr(begin, end - begin);
        begin = end + 1;
        if (!text::consistsOf(part, text::isDigit))
            continue;
        part.remove_prefix(std::min(part.find_first_not_of('0'), part.size()));
        for (const unsigned shift : {24U, 16U, 8U, 0U})
            key += static_cast<char>((part.size() >> shift) & 0xFFU);
        key += part;
    }
    return key;
}

// Negative where a stands first: descending, but a shorter list of parts before a longer one that begins with it.
int compareNumericKeys(const std::string &a, const std::string &b)
{
    const std::size_t common = std::min(a.size(), b.size());
    if (const int difference = a.compare(0, common, b, 0, common); difference != 0)
        return -difference;
    return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

struct Sortable
{
    const Record *record = nullptr;
    std::string serviceVersion;
};

bool standsBefore(const Sortable &left, const Sortable &right)
{
    const Record &a = *left.record;
    const Record &b = *right.record;
    // Descending members change sides.
    const auto first = std::tie(a.backend, b.backendVariant, b.backendVersion, a.service);
    const auto second = std::tie(b.backend, a.backendVariant, a.backendVersion, b.service);
    if (first != second)
        return first < second;
    if (const int versions = compareNumericKeys(left.serviceVersion, right.serviceVersion); versions != 0)
        return versions < 0;
    return std::tie(a.platform, a.dockerImage) < std::tie(b.platform, b.dockerImage);
}

} // namespace

void sortRecords(Records &records)
{
    std::vector<Sortable> order;
    order.reserve(records.size());
    for (const Record &record : records)
        order.push_back({&record, numericKey(record.serviceVersion)});
    if (std::is_sorted(order.begin(), order.end(), standsBefore))
        return;
    std::stable_sort(order.begin(), order.end(), standsBefore);
    Records sorted;
    sorted.reserve(records.size());
    for (const Sortable &item : order)
        sorted.push_back(std::move(records[static_cast<std::size_t>(item.record - records.data())]));
    records = std::move(sorted);
}

} // namespace runner::catalog
