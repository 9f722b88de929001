#include "build/imagesize.h"

#include "build/jsonfields.h"

#include <charconv>
#include <filesystem>
#include <limits>
#include <utility>

namespace runner::build {

namespace {

constexpr std::chrono::seconds patience{10};

// Nothing of what is below zero, or beyond what the type holds.
void addSize(const Json &descriptor, std::int64_t &sum)
{
    const std::int64_t size = numberOf(descriptor, "size");
    if (size > 0 && size <= std::numeric_limits<std::int64_t>::max() - sum)
        sum += size;
}

std::string firstImage(const Json &manifests)
{
    for (const Json &manifest : manifests) {
        const bool isAttestation = !memberOf(memberOf(manifest, "annotations"), "vnd.docker.reference.type").is_null();
        if (std::string digest = textOf(manifest, "digest"); !digest.empty() && !isAttestation)
            return digest;
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
    result.image = firstImage(listOf(json, "manifests"));
    if (!json.contains("config") || !memberOf(json, "layers").is_array())
        return result;
    addSize(json["config"], result.size);
    for (const Json &layer : json["layers"])
        addSize(layer, result.size);
    return result;
}

ImageSize::ImageSize(Tool tool, Request request, const Metadata &metadata, Done done)
    : m_tool(std::move(tool))
    , m_request(std::move(request))
    , m_done(std::move(done))
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer,
                     [this] { end(m_request.output.kind == OutputKind::Archive ? fileSize(m_request) : 0); });
    const bool hasImage = m_request.call == Call::Build && !m_request.images.empty();
    const bool asks = hasImage
                      && (m_request.output.kind == OutputKind::Load
                          || (m_request.output.kind == OutputKind::Push && !metadata.digest.empty()));
    m_timer.start(asks ? patience : std::chrono::seconds(0));
    if (asks && m_request.output.kind == OutputKind::Push)
        ask(metadata.digest);
    else if (asks)
        askStore();
}

void ImageSize::ask(const std::string &digest)
{
    const bool first = !m_call;
    std::vector<std::string> words = {"buildx", "imagetools", "inspect", "--raw",
                                      repositoryOf(m_request) + "@" + digest};
    if (!m_request.builder.empty())
        words.insert(words.begin() + 1, {"--builder", m_request.builder});
    m_call =
        std::make_unique<ToolCall>(m_tool, words, [this, first](const Answer &answer) { inspected(answer, first); });
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
    m_call = std::make_unique<ToolCall>(
        m_tool, std::vector<std::string>{"image", "inspect", "--format", "{{.Size}}", m_request.images.front()},
        [this](const Answer &answer) { end(answer.good() ? number(answer.output) : 0); });
}

void ImageSize::end(std::int64_t bytes)
{
    m_timer.stop();
    if (const Done done = std::exchange(m_done, {}))
        done(bytes); // may destroy this
}

} // namespace runner::build
