#include "build/imagesize.h"

#include "build/jsonfields.h"

#include <charconv>
#include <filesystem>

namespace runner::build {

namespace {

constexpr std::chrono::seconds patience{10};

std::int64_t sizeOf(const Json &descriptor)
{
    const auto size = descriptor.is_object() ? descriptor.find("size") : descriptor.end();
    return size != descriptor.end() && size->is_number_integer() ? size->get<std::int64_t>() : 0;
}

bool isAttestation(const Json &manifest)
{
    const auto notes = manifest.find("annotations");
    return notes != manifest.end() && notes->is_object() && notes->contains("vnd.docker.reference.type");
}

std::string firstImage(const Json &manifests)
{
    for (const Json &manifest : manifests) {
        const auto digest = manifest.is_object() ? manifest.find("digest") : manifest.end();
        if (digest != manifest.end() && digest->is_string() && !isAttestation(manifest))
            return digest->get<std::string>();
    }
    return {};
}

std::int64_t fileSize(const Request &request)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(std::filesystem::path(request.folder) / request.output.file, error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

std::int64_t number(std::string_view text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

RawManifest parseRawManifest(std::string_view text)
{
    RawManifest result;
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return result;
    if (const auto manifests = json.find("manifests"); manifests != json.end() && manifests->is_array())
        result.image = firstImage(*manifests);
    const auto config = json.find("config"), layers = json.find("layers");
    if (config == json.end() || layers == json.end() || !layers->is_array())
        return result;
    result.size = sizeOf(*config);
    for (const Json &layer : *layers)
        result.size += sizeOf(layer);
    return result;
}

ImageSize::ImageSize(const Tool &tool, const Request &request, const Metadata &metadata, Done done)
    : m_tool(tool), m_request(request), m_done(std::move(done))
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { end(m_request.output.kind == OutputKind::Archive ? fileSize(m_request) : 0); });
    const bool hasImage = m_request.call == Call::Build && !m_request.images.empty();
    const bool asks = hasImage && (m_request.output.kind == OutputKind::Load || (m_request.output.kind == OutputKind::Push && !metadata.digest.empty()));
    m_timer.start(asks ? patience : std::chrono::seconds(0));
    if (asks && m_request.output.kind == OutputKind::Push)
        ask(metadata.digest);
    else if (asks)
        askStore();
}

void ImageSize::ask(const std::string &digest)
{
    const bool first = !m_call;
    std::vector<std::string> words = {"buildx", "imagetools", "inspect", "--raw", repositoryOf(m_request) + "@" + digest};
    if (!m_request.builder.empty())
        words.insert(words.begin() + 1, {"--builder", m_request.builder});
    m_call = std::make_unique<ToolCall>(m_tool, words, [this, first](const Answer &answer) { inspected(answer, first); });
}

void ImageSize::inspected(const Answer &answer, bool mayBeIndex)
{
    const RawManifest manifest = answer.good() ? parseRawManifest(answer.output) : RawManifest();
    if (mayBeIndex && manifest.size == 0 && !manifest.image.empty())
        ask(manifest.image);
    else
        end(manifest.size);
}

void ImageSize::askStore()
{
    m_call = std::make_unique<ToolCall>(m_tool, std::vector<std::string>{"image", "inspect", "--format", "{{.Size}}", m_request.images.front()},
                                        [this](const Answer &answer) { end(answer.good() ? number(answer.output) : 0); });
}

void ImageSize::end(std::int64_t bytes)
{
    m_timer.stop();
    if (const Done done = std::exchange(m_done, {}))
        done(bytes); // may destroy this
}

} // namespace runner::build
