#include "build/metadata.h"

#include "build/jsonfields.h"
#include "text/textfile.h"

#include <QUrl>

namespace runner::build {

Result<Metadata> parseMetadata(std::string_view bytes)
{
    const Json json = Json::parse(bytes, nullptr, false);
    if (!json.is_object())
        return failure("metadata-unreadable", {}, "What buildx wrote of the finished build is no JSON object");
    Metadata metadata;
    metadata.digest = textOf(json, "containerimage.digest");
    metadata.configDigest = textOf(json, "containerimage.config.digest");
    metadata.image = textOf(json, "image.name");
    metadata.reference = textOf(json, "buildx.build.ref");
    for (const Json &material : listOf(memberOf(json, "buildx.build.provenance"), "materials"))
        metadata.materials.emplace_back(textOf(material, "uri"), textOf(memberOf(material, "digest"), "sha256"));
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

std::string imageOfMaterial(const std::string &uri)
{
    constexpr std::string_view image = "pkg:docker/";
    if (!uri.starts_with(image))
        return uri;
    const std::string name = uri.substr(image.size(), uri.find('?') - image.size());
    const std::size_t version = name.rfind('@');
    const auto decoded = [](const std::string &text) {
        return QUrl::fromPercentEncoding(QByteArray::fromStdString(text)).toStdString();
    };
    return version == std::string::npos ? decoded(name)
                                        : decoded(name.substr(0, version)) + ':' + decoded(name.substr(version + 1));
}

std::vector<std::pair<std::string, std::string>> imagesOf(const Metadata &metadata)
{
    auto images = metadata.materials;
    for (auto &[name, digest] : images)
        name = imageOfMaterial(name);
    return images;
}

} // namespace runner::build
