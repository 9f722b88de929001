#include "transfer/selection.h"

#include "image/reference.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>

namespace runner::transfer {

namespace {

bool isOfRepository(const Selection &selection, const std::string &name)
{
    if (!selection.repository && selection.withoutRepositories.empty())
        return true;
    const auto reference = image::parseReference(name);
    const std::string repository = reference ? reference->repository : std::string();
    if (selection.repository)
        return repository == *selection.repository;
    const auto &excluded = selection.withoutRepositories;
    return std::find(excluded.begin(), excluded.end(), repository) == excluded.end();
}

using PlatformStates = std::map<std::pair<std::string, std::string>, bool>; ///< Name and platform: deprecated?

PlatformStates statesOf(const catalog::Records &records)
{
    PlatformStates states;
    for (const catalog::Record &record : records)
        states.emplace(std::pair(record.dockerImage, record.platform), record.deprecated);
    return states;
}

class Changes
{
public:
    explicit Changes(ChangeKind kind)
        : m_kind(kind)
    {
    }

    void add(const catalog::Record &record)
    {
        const auto [place, isNew] = m_places.emplace(record.dockerImage, m_list.size());
        if (isNew)
            m_list.push_back({m_kind, record.dockerImage, {}});
        m_list[place->second].platforms.push_back(record.platform);
    }
    void moveTo(std::vector<Change> &all) { all.insert(all.end(), m_list.begin(), m_list.end()); }

private:
    ChangeKind m_kind;
    std::vector<Change> m_list;
    std::map<std::string, std::size_t> m_places;
};

} // namespace

Result<catalog::Records> selectRecords(const catalog::Records &records, const Selection &selection)
{
    if (selection.repository && !selection.withoutRepositories.empty())
        return failure("filter-conflict", {}, "--repository and --no-repository exclude each other",
                       "Give one of them");
    catalog::Records selected;
    std::copy_if(records.begin(), records.end(), std::back_inserter(selected), [&](const catalog::Record &record) {
        return selection.filter.matches(record) && isOfRepository(selection, record.dockerImage);
    });
    return selected;
}

Result<Images> selectImages(const catalog::Records &records, const Selection &selection)
{
    const auto selected = selectRecords(records, selection);
    if (!selected)
        return tl::unexpected(selected.error());
    Images images;
    std::map<std::string, std::size_t> places;
    for (const catalog::Record &record : *selected) {
        const auto [place, isNew] = places.emplace(record.dockerImage, images.size());
        if (isNew)
            images.push_back({record.dockerImage, {}, true});
        Image &image = images[place->second];
        image.deprecated = image.deprecated && record.deprecated;
        if (std::find(image.platforms.begin(), image.platforms.end(), record.platform) == image.platforms.end())
            image.platforms.push_back(record.platform);
    }
    return images;
}

std::string toText(const Images &images)
{
    std::string text;
    for (const Image &image : images)
        text += image.name + "\n";
    return text;
}

std::string toJson(const Images &images)
{
    auto list = nlohmann::ordered_json::array();
    for (const Image &image : images)
        list.push_back({{"name", image.name}, {"platforms", image.platforms}, {"deprecated", image.deprecated}});
    return list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::vector<Change> compareImages(const catalog::Records &before, const catalog::Records &after)
{
    const PlatformStates old = statesOf(before);
    const PlatformStates now = statesOf(after);
    Changes added(ChangeKind::Added), deprecated(ChangeKind::Deprecated), removed(ChangeKind::Removed);
    for (const catalog::Record &record : after) {
        const auto found = old.find({record.dockerImage, record.platform});
        if (found == old.end())
            added.add(record);
        else if (record.deprecated && !found->second)
            deprecated.add(record);
    }
    for (const catalog::Record &record : before) {
        if (!now.count({record.dockerImage, record.platform}))
            removed.add(record);
    }
    std::vector<Change> all;
    for (Changes *part : {&added, &deprecated, &removed})
        part->moveTo(all);
    return all;
}

} // namespace runner::transfer
