#include "transfer/archive.h"

#include "transfer/tarindex.h"

#include <QCryptographicHash>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace runner::transfer {

using nlohmann::json;

namespace {

constexpr std::uint64_t maxJson = 8U << 20U;
constexpr int maxManifestDepth = 3; ///< index.json, an image index in it, the manifest.

std::string text(const json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

json list(const json &object, const char *key)
{
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_array() ? *found : json::array();
}

json object(const json &parent, const char *key)
{
    const auto found = parent.is_object() ? parent.find(key) : parent.end();
    return parent.is_object() && found != parent.end() && found->is_object() ? *found : json::object();
}

/// The members that every manifest form carries, without empty ones.
std::string settingsOf(const json &config)
{
    json kept = json::object();
    if (!config.is_object())
        return kept.dump();
    for (const char *key :
         {"Cmd", "Entrypoint", "Env", "ExposedPorts", "Labels", "StopSignal", "User", "Volumes", "WorkingDir"}) {
        const auto found = config.find(key);
        if (found != config.end() && !found->is_null() && !found->empty() && *found != json(""))
            kept[key] = *found;
    }
    return kept.dump(-1, ' ', false, json::error_handler_t::replace);
}

class ArchiveReader
{
public:
    ArchiveReader(std::filesystem::path path, Depth depth, const std::atomic<bool> &cancelled)
        : m_path(std::move(path))
        , m_depth(depth)
        , m_cancelled(cancelled)
    {
    }

    Result<Archive> read()
    {
        auto index = readTarIndex(m_path);
        if (!index)
            return tl::unexpected(index.error());
        m_index = std::move(*index);
        m_file.open(m_path, std::ios::binary);
        // `docker save` writes both forms into one file: the OCI part is then the complete one.
        if (m_index.count("oci-layout"))
            return readOci();
        if (m_index.count("manifest.json"))
            return readDocker();
        return failed("archive-foreign", "holds no image");
    }

private:
    tl::unexpected<Problem> failed(const char *id, const std::string &what) const
    {
        return failure(id, {m_path.string(), 0, 0}, "The archive " + what);
    }

    Result<json> readJson(const std::string &name)
    {
        const auto entry = m_index.find(name);
        if (entry == m_index.end())
            return failed("archive-incomplete", "lacks " + name);
        if (entry->second.size > maxJson)
            return failed("archive-foreign", "has a " + name + " that is too large");
        std::string bytes(entry->second.size, '\0');
        m_file.clear();
        m_file.seekg(static_cast<std::streamoff>(entry->second.offset));
        m_file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        json value = json::parse(bytes, nullptr, false);
        if (!m_file || value.is_discarded() || !value.is_structured())
            return failed("archive-damaged", "has a " + name + " that is no JSON");
        return value;
    }

    Result<Archive> readOci()
    {
        Result<json> manifest = readJson("index.json");
        for (int depth = 0; manifest && depth < maxManifestDepth; ++depth) {
            const json inner = list(*manifest, "manifests");
            if (inner.empty())
                break;
            if (inner.size() != 1)
                return failed("archive-several-images", "holds more than one image");
            if (const auto blob = checkBlob(inner[0]); !blob)
                return tl::unexpected(blob.error());
            manifest = readJson(blobName(inner[0]));
        }
        if (!manifest)
            return tl::unexpected(manifest.error());
        for (const json &layer : list(*manifest, "layers")) {
            if (const auto blob = checkBlob(layer); !blob)
                return tl::unexpected(blob.error());
        }
        const json config = object(*manifest, "config");
        if (const auto blob = checkBlob(config); !blob)
            return tl::unexpected(blob.error());
        return withConfig(ArchiveFormat::Oci, blobName(config));
    }

    static std::string blobName(const json &descriptor)
    {
        std::string digest = descriptor.is_object() ? text(descriptor, "digest") : std::string();
        std::replace(digest.begin(), digest.end(), ':', '/');
        return "blobs/" + digest;
    }
    Result<bool> checkBlob(const json &descriptor)
    {
        const std::string name = blobName(descriptor);
        const auto entry = m_index.find(name);
        if (entry == m_index.end())
            return failed("archive-incomplete", "lacks " + name);
        const auto size = descriptor.find("size");
        if (size != descriptor.end() && size->is_number_integer() && size->get<std::uint64_t>() != entry->second.size)
            return failed("archive-incomplete", "has a " + name + " of the wrong size");
        return checkDigest(name, text(descriptor, "digest"));
    }

    Result<Archive> readDocker()
    {
        const Result<json> manifest = readJson("manifest.json");
        if (!manifest)
            return tl::unexpected(manifest.error());
        if (!manifest->is_array() || manifest->size() != 1)
            return failed("archive-several-images", "does not hold exactly one image");
        auto archive = withConfig(ArchiveFormat::Docker, text((*manifest)[0], "Config"));
        const json layers = list((*manifest)[0], "Layers");
        if (archive && layers.size() != archive->image.layers.size())
            return failed("archive-incomplete", "does not list all of the image's layers");
        for (std::size_t i = 0; archive && i < layers.size(); ++i) {
            const std::string name = layers[i].is_string() ? layers[i].get<std::string>() : std::string();
            if (!m_index.count(name))
                return failed("archive-incomplete", "lacks " + name);
            if (const auto digest = checkDigest(name, archive->image.layers[i]); !digest)
                return tl::unexpected(digest.error());
        }
        return archive;
    }

    Result<Archive> withConfig(ArchiveFormat format, const std::string &name)
    {
        const Result<json> config = readJson(name);
        if (!config)
            return tl::unexpected(config.error());
        auto identity = identityOf(config->dump(-1, ' ', false, json::error_handler_t::replace));
        if (!identity)
            return failed("archive-damaged", "has an image configuration that cannot be read");
        return Archive{format, std::move(*identity)};
    }

    Result<bool> checkDigest(const std::string &name, const std::string &digest)
    {
        const TarEntry entry = m_index[name];
        if (m_depth == Depth::Structure || entry.type != '0')
            return true;
        const Result<std::string> found = sha256(entry);
        if (!found)
            return tl::unexpected(found.error());
        if ("sha256:" + *found != digest)
            return failed("archive-damaged", "has a " + name + " whose digest does not fit");
        return true;
    }
    Result<std::string> sha256(const TarEntry &entry)
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        std::string buffer(1U << 20U, '\0');
        m_file.clear();
        m_file.seekg(static_cast<std::streamoff>(entry.offset));
        for (std::uint64_t left = entry.size; left > 0;) {
            const auto part = std::min<std::uint64_t>(left, buffer.size());
            if (m_cancelled)
                return failed("cancelled", "was not read to its end");
            if (!m_file.read(buffer.data(), static_cast<std::streamsize>(part)))
                return failed("archive-unreadable", "cannot be read");
            hash.addData(QByteArray::fromRawData(buffer.data(), static_cast<qsizetype>(part)));
            left -= part;
        }
        return hash.result().toHex().toStdString();
    }

    std::filesystem::path m_path;
    Depth m_depth;
    const std::atomic<bool> &m_cancelled;
    std::ifstream m_file;
    TarIndex m_index;
};

} // namespace

Result<ImageIdentity> identityOf(const std::string &configJson)
{
    const json config = json::parse(configJson, nullptr, false);
    if (!config.is_object() || text(config, "os").empty() || text(config, "architecture").empty())
        return failure("image-config-invalid", {}, "The image's configuration cannot be read");
    ImageIdentity identity;
    identity.platform = {text(config, "os"), text(config, "architecture"), text(config, "variant")};
    identity.created = text(config, "created");
    for (const json &layer : list(object(config, "rootfs"), "diff_ids"))
        identity.layers.push_back(layer.is_string() ? layer.get<std::string>() : std::string());
    identity.settings = settingsOf(object(config, "config"));
    return identity;
}

Result<Archive> readArchive(const std::filesystem::path &path, Depth depth, const std::atomic<bool> &cancelled)
{
    return ArchiveReader(path, depth, cancelled).read();
}

} // namespace runner::transfer
