#include "image/imagename.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>

namespace runner::image {

namespace {

bool isBackendVersion(char c)
{
    return text::isDigit(c) || c == 'X' || c == 'Y' || c == '.' || c == '\\';
}

bool isServiceVersion(char c)
{
    return text::isWord(c) || c == '.' || c == '\\';
}

bool isPrefixCharacter(char c)
{
    return text::isWord(c) || c == '.' || c == '\\' || c == '-';
}

// The leading run of characters, cut from the text.
template <typename Predicate>
std::string takeRun(std::string_view &text, Predicate predicate)
{
    const auto end = std::find_if_not(text.begin(), text.end(), predicate);
    const std::string run(text.begin(), end);
    text.remove_prefix(run.size());
    return run;
}

bool takeDash(std::string_view &text)
{
    if (text.empty() || text.front() != '-')
        return false;
    text.remove_prefix(1);
    return true;
}

std::vector<std::string_view> splitAt(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

// "HOST", "HOST:PORT", "[IPv6]" or "[IPv6]:PORT".
bool isFirstSegment(std::string_view segment)
{
    const std::size_t hostEnd = !segment.empty() && segment.front() == '[' ? segment.find(']') : 0;
    if (hostEnd == std::string_view::npos)
        return false;
    const std::size_t colon = segment.find(':', hostEnd);
    const std::string_view port = colon == std::string_view::npos ? "0" : segment.substr(colon + 1);
    const std::string_view host = segment.substr(0, colon);
    const bool hostFits = hostEnd == 0
                              ? text::consistsOf(host, isPrefixCharacter)
                              : hostEnd + 1 == host.size() && host.size() > 2
                                    && host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1;
    return hostFits && text::consistsOf(port, text::isDigit);
}

bool isPrefix(std::string_view prefix)
{
    const auto segments = splitAt(prefix, '/');
    return isFirstSegment(segments.front())
           && std::all_of(segments.begin() + 1, segments.end(),
                          [](std::string_view segment) { return text::consistsOf(segment, isPrefixCharacter); });
}

// Operating systems that container platforms name; without them "-a-b" could be any two words.
bool isOperatingSystem(std::string_view word)
{
    constexpr std::array<std::string_view, 4> known{"linux", "windows", "freebsd", "darwin"};
    return std::find(known.begin(), known.end(), word) != known.end();
}

// [-SUFFIX][-OS-ARCH] to the end of the tag.
bool parseEnd(std::string_view rest, ImageName &name)
{
    name.suffix = name.os = name.arch = {};
    if (rest.empty())
        return true;
    if (!takeDash(rest))
        return false;
    auto words = splitAt(rest, '-');
    if (!std::all_of(words.begin(), words.end(),
                     [](std::string_view word) { return text::consistsOf(word, text::isWord); }))
        return false;
    if (words.size() == 2 || words.size() == 3) {
        name.arch = words.back();
        name.os = words[words.size() - 2];
        words.resize(words.size() - 2);
        if (!isOperatingSystem(name.os))
            return false;
    }
    name.suffix = words.empty() ? std::string_view() : words.front();
    return words.size() <= 1;
}

bool parseService(std::string_view rest, const std::vector<std::string> &services, ImageName &name)
{
    for (const std::string &service : services) {
        if (rest.substr(0, service.size()) != service)
            continue;
        std::string_view after = rest.substr(service.size());
        name.service = service;
        name.serviceVersion = takeRun(after, isServiceVersion);
        if (!name.serviceVersion.empty() && parseEnd(after, name))
            return true;
    }
    return false;
}

// A reading with a variant comes before one without: "cuda12-a-vllm1" is unambiguous, "cuda12-vllm0-sglang1" is not.
bool parseAfterVersion(std::string_view rest, const std::vector<std::string> &services, ImageName &name)
{
    if (!takeDash(rest))
        return false;
    std::string_view after = rest;
    name.backendVariant = takeRun(after, text::isWord);
    if (!name.backendVariant.empty() && takeDash(after) && parseService(after, services, name))
        return true;
    name.backendVariant.clear();
    return parseService(rest, services, name);
}

std::vector<std::string> longestFirst(std::vector<std::string> ids)
{
    ids.erase(std::remove(ids.begin(), ids.end(), std::string()), ids.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::stable_sort(ids.begin(), ids.end(), [](const auto &a, const auto &b) { return a.size() > b.size(); });
    return ids;
}

template <typename T>
std::vector<std::string> idsOf(const std::vector<T> &items)
{
    std::vector<std::string> ids;
    ids.reserve(items.size());
    for (const T &item : items)
        ids.push_back(item.id);
    return ids;
}

} // namespace

NameGrammar::NameGrammar(std::vector<std::string> backends, std::vector<std::string> services, std::string repository)
    : m_backends(longestFirst(std::move(backends)))
    , m_services(longestFirst(std::move(services)))
    , m_repository(std::move(repository))
{
}

NameGrammar NameGrammar::of(const matrix::Matrix &matrix)
{
    auto backends = idsOf(matrix.backends);
    backends.emplace_back("Host");
    return {std::move(backends), idsOf(matrix.services), matrix.image.repository};
}

std::optional<ImageName> NameGrammar::parse(std::string_view name) const
{
    const std::size_t colon = name.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const std::string_view path = name.substr(0, colon);
    const std::size_t slash = path.rfind('/');
    ImageName parsed;
    parsed.repository = slash == std::string_view::npos ? path : path.substr(slash + 1);
    if (slash != std::string_view::npos)
        parsed.prefix = path.substr(0, slash);
    const bool prefixFits = slash == std::string_view::npos || isPrefix(parsed.prefix);
    if (parsed.repository != m_repository || !prefixFits)
        return std::nullopt;
    for (const std::string &backend : m_backends) {
        std::string_view rest = name.substr(colon + 1);
        if (rest.substr(0, backend.size()) != backend)
            continue;
        rest.remove_prefix(backend.size());
        parsed.backend = backend;
        parsed.backendVersion = takeRun(rest, isBackendVersion);
        if (!parsed.backendVersion.empty() && parseAfterVersion(rest, m_services, parsed))
            return parsed;
    }
    return std::nullopt;
}

std::string format(const ImageName &name)
{
    std::string text = name.prefix.empty() ? name.repository : name.prefix + '/' + name.repository;
    text += ':' + name.backend + name.backendVersion;
    for (const std::string &part :
         {name.backendVariant, name.service + name.serviceVersion, name.suffix, name.os, name.arch}) {
        if (!part.empty())
            text += '-' + part;
    }
    return text;
}

std::string makeTag(const std::string &backend, const std::string &version, const std::string &variant,
                    const std::string &service, const std::string &serviceVersion)
{
    std::string tag = backend + version + '-' + (variant.empty() ? variant : variant + '-') + service + serviceVersion;
    std::transform(tag.begin(), tag.end(), tag.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return tag;
}

std::string platformSuffix(const std::string &platform)
{
    const auto parts = splitAt(platform, '/');
    std::string suffix(parts.front());
    if (parts.size() > 1)
        suffix += '-' + std::string(parts[1]);
    return suffix;
}

} // namespace runner::image
