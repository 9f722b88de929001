#include "catalog/jsonedit.h"

#include "catalog/catalog.h"
#include "catalog/jsonlayout.h"
#include "catalog/jsonwriter.h"

#include <algorithm>
#include <map>
#include <set>

namespace runner::catalog {

namespace {

// A catalogue's records, each with its place, and what is meant to become of them.
class JsonDraft
{
public:
    static Result<JsonDraft> of(const std::string &text, const std::string &fileName)
    {
        Problems problems;
        auto records = readJson(text, fileName, problems);
        if (!records)
            return tl::unexpected(records.error());
        if (!problems.empty())
            return tl::unexpected(problems.front());
        JsonDraft draft(text, fileName);
        draft.records = std::move(*records);
        draft.layout = layoutOf(text);
        if (draft.layout.records.size() != draft.records.size())
            return failure("edit-not-as-meant", {fileName}, "The catalogue's records cannot be told apart in its text");
        return draft;
    }

    void setMember(std::size_t index, const std::string &name, const std::string &value)
    {
        const JsonRecord &record = layout.records[index];
        const auto known = std::find_if(record.members.begin(), record.members.end(),
                                        [&](const JsonMember &member) { return member.name == name; });
        if (known != record.members.end())
            put(known->value, value);
        else
            put({record.members.back().value.end, record.members.back().value.end},
                "," + layout.style.beforeKey + "\"" + name + "\":" + layout.style.beforeValue + value);
    }

    void put(text::ByteRange range, std::string replacement)
    {
        if (text.compare(range.begin, range.size(), replacement) != 0)
            m_patches.push_back({range, std::move(replacement)});
    }

    // The text that the patches give must hold these records.
    Result<JsonEdited> finish(const Records &intended)
    {
        std::stable_sort(m_patches.begin(), m_patches.end(), [](const text::Patch &a, const text::Patch &b) {
            return std::pair(a.range.begin, a.range.end) < std::pair(b.range.begin, b.range.end);
        });
        const auto notAsMeant =
            failure("edit-not-as-meant", {fileName}, "The edit is refused: the catalogue would not say what is meant",
                    "Nothing was changed; make this change in the file itself");
        if (!text::fits(m_patches, text.size()))
            return notAsMeant;
        JsonEdited edited;
        edited.text = text::patched(text, m_patches);
        auto read = readJson(edited.text, fileName, edited.notes);
        if (!read || !edited.notes.empty() || *read != intended)
            return notAsMeant;
        edited.records = std::move(*read);
        edited.patches = std::move(m_patches);
        return edited;
    }

    const std::string &text;
    const std::string &fileName;
    Records records;
    JsonLayout layout;

private:
    JsonDraft(const std::string &theText, const std::string &theName)
        : text(theText)
        , fileName(theName)
    {
    }

    text::Patches m_patches;
};

tl::unexpected<Problem> noMatch(const std::string &fileName, const Criteria &criteria)
{
    return failure("criteria-no-match", {fileName}, "No released image matches " + describe(criteria),
                   "Look with: runnerctl runners");
}

// Other platforms of the images that stay deprecated though one was released anew.
Problems stillDeprecated(const Records &records, const Records &released)
{
    std::set<std::string> images;
    for (const Record &record : released)
        images.insert(record.dockerImage);
    Problems notes;
    for (const Record &record : records) {
        if (record.deprecated && images.contains(record.dockerImage))
            notes.push_back({"catalog-still-deprecated", Severity::Warning, record.where,
                             record.dockerImage + " stays deprecated on " + record.platform,
                             "Release it there too, or take the mark away with: "
                                 + shellCommand("undeprecate", criteriaOf(record))});
    }
    return notes;
}

// New records by the one of \a intended that they follow in sorted order: its index plus one, or 0 at the front.
std::map<std::size_t, Records> placesOf(const Records &intended, Records fresh)
{
    Records all = intended;
    for (std::size_t i = 0; i < intended.size(); ++i)
        all[i].where = {"known", static_cast<int>(i), 0};
    for (Record &record : fresh) {
        record.where = {"new", 1, 1};
        all.push_back(std::move(record));
    }
    sortRecords(all);
    std::map<std::size_t, Records> behind;
    std::size_t after = 0;
    for (const Record &record : all) {
        if (record.where.file == "known")
            after = static_cast<std::size_t>(record.where.line) + 1;
        else
            behind[after].push_back(record);
    }
    return behind;
}

void writeBehind(JsonDraft &draft, std::size_t place, const Record &record)
{
    const JsonStyle &style = draft.layout.style;
    const std::string written = recordText(record, style);
    if (place == 0) {
        const std::size_t front = draft.layout.records.front().range.begin;
        draft.put({front, front}, written + "," + style.beforeRecord);
    } else {
        const std::size_t end = draft.layout.records[place - 1].range.end;
        draft.put({end, end}, "," + style.beforeRecord + written);
    }
}

void writeWhole(JsonDraft &draft, const Records &records)
{
    const JsonStyle &style = draft.layout.style;
    std::string inner;
    for (const Record &record : records)
        inner += (inner.empty() ? "" : ",") + style.beforeRecord + recordText(record, style);
    draft.put(draft.layout.inside, inner + style.beforeEnd);
}

// Writes those records that the catalogue does not have yet; gives all records in the new order of the text.
Records insertNew(JsonDraft &draft, const Records &intended, Records fresh)
{
    const std::map<std::size_t, Records> behind = placesOf(intended, std::move(fresh));
    Records result = intended;
    for (auto group = behind.rbegin(); group != behind.rend(); ++group)
        result.insert(result.begin() + static_cast<std::ptrdiff_t>(group->first), group->second.begin(),
                      group->second.end());
    if (draft.records.empty()) {
        writeWhole(draft, result);
        return result;
    }
    for (const auto &[place, records] : behind) {
        for (const Record &record : records)
            writeBehind(draft, place, record);
    }
    return result;
}

} // namespace

Result<JsonEdited> setDeprecatedInJson(const std::string &text, const std::string &fileName, const Criteria &criteria,
                                       bool deprecated)
{
    auto draft = JsonDraft::of(text, fileName);
    if (!draft)
        return tl::unexpected(draft.error());
    Records intended = draft->records;
    bool any = false, changes = false;
    for (std::size_t i = 0; i < intended.size(); ++i) {
        if (!criteria.matches(intended[i]))
            continue;
        any = true;
        if (intended[i].deprecated == deprecated)
            continue;
        changes = true;
        intended[i].deprecated = deprecated;
        draft->setMember(i, "deprecated", deprecated ? "true" : "false");
    }
    if (!any)
        return noMatch(fileName, criteria);
    if (!changes)
        return failure("edit-no-effect", {fileName},
                       deprecated ? "Nothing would change: the images are marked so already"
                                  : "Nothing would change: the images have no such mark");
    return draft->finish(intended);
}

Result<JsonEdited> pruneJson(const std::string &text, const std::string &fileName, const Criteria &criteria)
{
    auto draft = JsonDraft::of(text, fileName);
    if (!draft)
        return tl::unexpected(draft.error());
    Records kept;
    std::copy_if(draft->records.begin(), draft->records.end(), std::back_inserter(kept),
                 [&](const Record &record) { return !criteria.matches(record); });
    if (kept.size() == draft->records.size())
        return noMatch(fileName, criteria);
    if (kept.empty()) {
        draft->put(draft->layout.inside, {});
        return draft->finish(kept);
    }
    bool any = false;
    const auto &places = draft->layout.records;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!criteria.matches(draft->records[i]))
            any = true;
        else if (any)
            draft->put({places[i - 1].range.end, places[i].range.end}, {});
        else
            draft->put({places[i].range.begin, places[i + 1].range.begin}, {});
    }
    return draft->finish(kept);
}

Result<JsonEdited> mergeIntoJson(const std::string &text, const std::string &fileName, const Records &released)
{
    auto draft = JsonDraft::of(text, fileName);
    if (!draft)
        return tl::unexpected(draft.error());
    std::map<std::pair<std::string, std::string>, std::size_t> known;
    for (std::size_t i = 0; i < draft->records.size(); ++i)
        known.emplace(std::pair(draft->records[i].platform, draft->records[i].dockerImage), i);
    Records intended = draft->records;
    Records fresh;
    std::set<std::pair<std::string, std::string>> seen;
    for (const Record &record : released) {
        const std::pair key(record.platform, record.dockerImage);
        if (!seen.insert(key).second)
            continue;
        const auto found = known.find(key);
        if (found == known.end()) {
            fresh.push_back(record);
            continue;
        }
        Record &old = intended[found->second];
        if (old.originalBackendVersion != record.originalBackendVersion)
            draft->setMember(found->second, "original_backend_version", jsonText(record.originalBackendVersion));
        if (old.deprecated)
            draft->setMember(found->second, "deprecated", "false");
        old.originalBackendVersion = record.originalBackendVersion;
        old.deprecated = false;
    }
    const Records all = insertNew(*draft, intended, std::move(fresh));
    auto edited = draft->finish(all);
    if (edited)
        edited->notes = stillDeprecated(edited->records, released);
    return edited;
}

} // namespace runner::catalog
