#include "catalog/grouped.h"

#include "catalog/grouping.h"

namespace runner::catalog {

namespace {

// An object for every group: its name, then what \a writeRest adds.
template <typename WriteRest>
void writeGroups(JsonWriter &writer, std::string_view label, const std::vector<RecordGroup> &groups,
                 WriteRest writeRest)
{
    writer.beginArray();
    for (const RecordGroup &group : groups) {
        writer.beginObject();
        writer.member(label, group.name);
        writeRest(group.records);
        writer.endObject();
    }
    writer.endArray();
}

void writePlatforms(JsonWriter &writer, const RecordRefs &records)
{
    writer.member("deprecated", allDeprecated(records));
    writer.key("platforms");
    writer.beginArray();
    for (const RecordGroup &platform : groupBy(records, &Record::platform, GroupOrder::Ascending)) {
        for (const Record *record : platform.records) {
            writer.beginObject();
            writer.member("platform", record->platform);
            writer.member("docker_image", record->dockerImage);
            writer.membersOf(record->members);
            writer.endObject();
        }
    }
    writer.endArray();
}

template <typename WriteRest>
void writeVariants(JsonWriter &writer, const RecordRefs &records, WriteRest writeRest)
{
    writer.key("variants");
    writeGroups(writer, "variant", groupBy(records, &Record::backendVariant, GroupOrder::Ascending), writeRest);
}

template <typename WriteRest>
void writeBackends(JsonWriter &writer, const RecordRefs &records, WriteRest writeRest)
{
    const auto backends = groupBy(records, &Record::backend, GroupOrder::Ascending);
    writeGroups(writer, "backend", backends, [&](const RecordRefs &ofBackend) {
        writer.key("versions");
        const auto versions = groupBy(ofBackend, &Record::backendVersion, GroupOrder::NewestFirst);
        writeGroups(writer, "version", versions, [&](const RecordRefs &ofVersion) {
            writer.member("original_version", newestOriginal(ofVersion));
            writeVariants(writer, ofVersion, writeRest);
        });
    });
}

template <typename WriteRest>
void writeServices(JsonWriter &writer, const RecordRefs &records, WriteRest writeRest)
{
    const auto services = groupBy(records, &Record::service, GroupOrder::Ascending);
    writeGroups(writer, "service", services, [&](const RecordRefs &ofService) {
        writer.key("versions");
        const auto versions = groupBy(ofService, &Record::serviceVersion, GroupOrder::NewestFirst);
        writeGroups(writer, "version", versions, writeRest);
    });
}

} // namespace

void writeByBackend(JsonWriter &writer, const Records &records)
{
    writeBackends(writer, refsTo(records), [&](const RecordRefs &ofVariant) {
        writer.key("services");
        writeServices(writer, ofVariant, [&](const RecordRefs &ofVersion) { writePlatforms(writer, ofVersion); });
    });
}

void writeByService(JsonWriter &writer, const Records &records)
{
    writeServices(writer, refsTo(records), [&](const RecordRefs &ofVersion) {
        writer.key("backends");
        writeBackends(writer, ofVersion, [&](const RecordRefs &ofVariant) { writePlatforms(writer, ofVariant); });
    });
}

} // namespace runner::catalog
