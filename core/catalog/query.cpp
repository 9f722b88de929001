#include "catalog/query.h"

#include "catalog/grouped.h"

#include <algorithm>
#include <string_view>

namespace runner::catalog {

namespace {

bool equals(const std::optional<std::string> &wanted, const std::string &actual)
{
    return !wanted || *wanted == actual;
}

// The older rule: whichever of the two has fewer parts is the prefix of the other, so that a driver's full version
// (12.9.2) finds the images of its line (12.9). Single parts are compared by their length instead.
bool hasPrefix(const std::optional<std::string> &wanted, const std::string &actual)
{
    if (!wanted)
        return true;
    const auto dots = [](const std::string &version) { return std::count(version.begin(), version.end(), '.'); };
    const auto wantedDots = dots(*wanted);
    const auto actualDots = dots(actual);
    const bool bothSingle = wantedDots == 0 && actualDots == 0;
    const bool swap = bothSingle ? actual.size() < wanted->size() : actualDots < wantedDots;
    const std::string_view longer = swap ? *wanted : actual;
    const std::string_view shorter = swap ? actual : *wanted;
    return longer.substr(0, shorter.size()) == shorter;
}

void writeMembers(JsonWriter &writer, const Record &record)
{
    writer.beginObject();
    writer.member("backend", record.backend);
    writer.member("backend_version", record.backendVersion);
    writer.member("original_backend_version", record.originalBackendVersion);
    writer.member("backend_variant", record.backendVariant);
    writer.member("service", record.service);
    writer.member("service_version", record.serviceVersion);
    writer.member("platform", record.platform);
    writer.member("docker_image", record.dockerImage);
    writer.member("deprecated", record.deprecated);
    writer.membersOf(record.members);
    writer.endObject();
}

void writeRecords(JsonWriter &writer, const Records &records)
{
    writer.beginArray();
    for (const Record &record : records)
        writeMembers(writer, record);
    writer.endArray();
}

} // namespace

bool Filter::matches(const Record &record) const
{
    return (withDeprecated || !record.deprecated) && equals(backend, record.backend)
           && equals(backendVersion, record.backendVersion) && equals(backendVariant, record.backendVariant)
           && equals(service, record.service) && equals(serviceVersion, record.serviceVersion)
           && equals(platform, record.platform) && hasPrefix(backendVersionPrefix, record.backendVersion)
           && hasPrefix(serviceVersionPrefix, record.serviceVersion);
}

Records select(const Records &records, const Filter &filter)
{
    Records selected;
    std::copy_if(records.begin(), records.end(), std::back_inserter(selected),
                 [&](const Record &record) { return filter.matches(record); });
    return selected;
}

std::string toJson(const Records &records, Grouping grouping)
{
    JsonWriter writer(JsonWriter::Layout::Indented);
    if (grouping == Grouping::Runner)
        writeRecords(writer, records);
    else if (grouping == Grouping::Backend)
        writeByBackend(writer, records);
    else
        writeByService(writer, records);
    return writer.takeResult() + '\n';
}

std::string toJsonLine(const Record &record)
{
    JsonWriter writer(JsonWriter::Layout::OneLine);
    writeMembers(writer, record);
    return writer.takeResult();
}

} // namespace runner::catalog
