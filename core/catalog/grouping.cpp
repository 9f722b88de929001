#include "catalog/grouping.h"

#include "image/version.h"

#include <algorithm>
#include <unordered_map>

namespace runner::catalog {

namespace {

void sortByVersion(std::vector<RecordGroup> &groups)
{
    std::vector<std::pair<image::Version, std::size_t>> order;
    order.reserve(groups.size());
    for (std::size_t i = 0; i < groups.size(); ++i)
        order.emplace_back(image::Version(groups[i].name), i);
    std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    std::vector<RecordGroup> sorted;
    sorted.reserve(groups.size());
    for (const auto &[version, index] : order)
        sorted.push_back(std::move(groups[index]));
    groups = std::move(sorted);
}

void sortGroups(std::vector<RecordGroup> &groups, GroupOrder order)
{
    if (groups.size() < 2)
        return;
    if (order == GroupOrder::NewestFirst)
        return sortByVersion(groups);
    std::sort(groups.begin(), groups.end(), [order](const RecordGroup &a, const RecordGroup &b) {
        return order == GroupOrder::Ascending ? a.name < b.name : b.name < a.name;
    });
}

} // namespace

RecordRefs refsTo(const Records &records)
{
    RecordRefs refs;
    refs.reserve(records.size());
    for (const Record &record : records)
        refs.push_back(&record);
    return refs;
}

std::vector<RecordGroup> groupBy(const RecordRefs &records, std::string Record::*member, GroupOrder order)
{
    std::vector<RecordGroup> groups;
    std::unordered_map<std::string_view, std::size_t> indexes;
    std::size_t last = 0;
    for (const Record *record : records) {
        const std::string_view name = record->*member;
        // Records mostly come in runs of the same value.
        if (groups.empty() || groups[last].name != name) {
            const auto [found, isNew] = indexes.emplace(name, groups.size());
            if (isNew)
                groups.push_back({name, {}});
            last = found->second;
        }
        groups[last].records.push_back(record);
    }
    sortGroups(groups, order);
    return groups;
}

const std::string &newestOriginal(const RecordRefs &records)
{
    const std::string *newest = &records.front()->originalBackendVersion;
    for (const Record *record : records) {
        const std::string &candidate = record->originalBackendVersion;
        if (candidate != *newest && image::Version(candidate) > image::Version(*newest))
            newest = &candidate;
    }
    return *newest;
}

bool allDeprecated(const RecordRefs &records)
{
    return std::all_of(records.begin(), records.end(), [](const Record *record) { return record->deprecated; });
}

} // namespace runner::catalog
