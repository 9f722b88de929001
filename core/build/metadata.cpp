#include "build/metadata.h"

#include "build/jsonfields.h"
#include "text/textfile.h"

namespace runner::build {

namespace {

const Json &member(const Json &object, const char *name)
{
    static const Json none;
    if (!object.is_object())
        return none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::string text(const Json &json)
{
    return json.is_string() ? json.get<std::string>() : std::string();
}

} // namespace

Result<Metadata> parseMetadata(std::string_view bytes)
{
    const Json json = Json::parse(bytes, nullptr, false);
    if (!json.is_object())
        return failure("metadata-unreadable", {}, "What buildx wrote of the finished build is no JSON object");
    Metadata metadata;
    metadata.digest = text(member(json, "containerimage.digest"));
    metadata.configDigest = text(member(json, "containerimage.config.digest"));
    metadata.image = text(member(json, "image.name"));
    metadata.reference = text(member(json, "buildx.build.ref"));
    const Json &materials = member(member(json, "buildx.build.provenance"), "materials");
    if (materials.is_array()) {
        for (const Json &material : materials)
            metadata.materials.emplace_back(text(member(material, "uri")), text(member(member(material, "digest"), "sha256")));
    }
    return metadata;
}

Result<Metadata> readMetadata(const std::filesystem::path &file)
{
    constexpr std::size_t largest = 16U << 20U;
    const auto read = text::readTextFile(file, file.string(), largest);
    if (!read)
        return tl::unexpected(read.error());
    return parseMetadata(read->text);
}

} // namespace runner::build
