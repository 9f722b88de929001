#include "image/reference.h"

#include "text/ascii.h"

#include <algorithm>
#include <vector>

namespace runner::image {

namespace {

constexpr std::size_t maxNameLength = 255;
constexpr std::size_t maxTagLength = 128;
constexpr std::size_t minDigestLength = 32;

bool isHexDigit(char c)
{
    return text::isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::vector<std::string_view> components(std::string_view name, char separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find(separator, begin), name.size());
        parts.push_back(name.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

// Words of letters and digits, with one '.', one or two '_' or any number of '-' between them.
bool isPathComponent(std::string_view component)
{
    const auto isWord = [](char c) { return text::isLower(c) || text::isDigit(c); };
    std::size_t at = 0;
    while (at < component.size()) {
        const std::size_t word = at;
        while (at < component.size() && isWord(component[at]))
            ++at;
        const std::size_t separator = at;
        while (at < component.size() && !isWord(component[at]))
            ++at;
        const std::string_view between = component.substr(separator, at - separator);
        const bool fits = between.empty() || between == "." || between == "_" || between == "__"
                          || between.find_first_not_of('-') == std::string_view::npos;
        if (separator == word || !fits || (at == component.size() && !between.empty()))
            return false;
    }
    return !component.empty();
}

bool isHostName(std::string_view host)
{
    const auto labels = components(host, '.');
    return std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
        return text::consistsOf(label, [](char c) { return text::isLetterOrDigit(c) || c == '-'; })
               && label.front() != '-' && label.back() != '-';
    });
}

bool isBracketedAddress(std::string_view host)
{
    return host.size() > 3 && host.front() == '[' && host.back() == ']'
           && text::consistsOf(host.substr(1, host.size() - 2), [](char c) { return isHexDigit(c) || c == ':'; });
}

bool isRegistry(std::string_view registry)
{
    const std::size_t colon = registry.rfind(':');
    const std::size_t bracket = registry.rfind(']');
    const bool hasPort = colon != std::string_view::npos && (bracket == std::string_view::npos || bracket < colon);
    const std::string_view host = hasPort ? registry.substr(0, colon) : registry;
    return (isHostName(host) || isBracketedAddress(host))
           && (!hasPort || text::consistsOf(registry.substr(colon + 1), text::isDigit));
}

bool looksLikeRegistry(std::string_view component)
{
    return component.find_first_of(".:") != std::string_view::npos || component == "localhost";
}

bool isTag(std::string_view tag)
{
    return tag.size() <= maxTagLength && tag.front() != '.' && tag.front() != '-'
           && text::consistsOf(tag, [](char c) { return text::isWord(c) || c == '.' || c == '-'; });
}

bool isDigest(std::string_view digest)
{
    const std::size_t colon = digest.find(':');
    if (colon == std::string_view::npos || digest.size() - colon - 1 < minDigestLength)
        return false;
    const auto words = components(digest.substr(0, colon), '+');
    return std::all_of(words.begin(), words.end(),
                       [](std::string_view word) {
                           return text::consistsOf(word, [](char c) {
                               return text::isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
                           });
                       })
           && text::consistsOf(digest.substr(colon + 1), isHexDigit);
}

void append(std::string &path, std::string_view component)
{
    if (!path.empty())
        path += '/';
    path += component;
}

// Fills registry, namespace and repository; false where the name is none.
bool readName(std::string_view name, Reference &reference)
{
    auto parts = components(name, '/');
    if (parts.size() > 1 && looksLikeRegistry(parts.front())) {
        reference.registry = parts.front();
        parts.erase(parts.begin());
        if (!isRegistry(reference.registry))
            return false;
    }
    reference.repository = parts.back();
    for (std::size_t i = 0; i + 1 < parts.size(); ++i)
        append(reference.nameSpace, parts[i]);
    return name.size() <= maxNameLength && std::all_of(parts.begin(), parts.end(), isPathComponent);
}

// With the colon and at-sign that introduce them, so that "nginx:" is seen to have an empty tag.
bool hasEmptyEnd(std::string_view text, const SplitImage &split)
{
    return text.size() != mergeImage(split.name, split.tag, split.digest).size();
}

} // namespace

bool Reference::isOnDockerHub() const
{
    return registry.empty() || registry == "docker.io" || registry == "index.docker.io";
}

SplitImage splitImage(std::string_view image, bool fillTag)
{
    SplitImage split;
    if (const std::size_t at = image.rfind('@'); at != std::string_view::npos) {
        split.digest = image.substr(at + 1);
        image = image.substr(0, at);
    }
    const std::size_t colon = image.rfind(':');
    if (colon != std::string_view::npos && image.find('/', colon) == std::string_view::npos) {
        split.tag = image.substr(colon + 1);
        image = image.substr(0, colon);
    }
    split.name = image;
    if (fillTag && split.tag.empty() && split.digest.empty())
        split.tag = "latest";
    return split;
}

std::string mergeImage(const std::string &name, const std::string &tag, const std::string &digest)
{
    std::string image = name;
    if (!tag.empty())
        image += (isDigest(tag) ? '@' : ':') + tag;
    if (!digest.empty())
        image += '@' + digest;
    return image;
}

std::optional<Reference> parseReference(std::string_view text)
{
    text = trimmed(text);
    SplitImage split = splitImage(text);
    Reference reference;
    const bool fits = !hasEmptyEnd(text, split) && readName(split.name, reference)
                      && (split.tag.empty() || isTag(split.tag)) && (split.digest.empty() || isDigest(split.digest));
    if (!fits)
        return std::nullopt;
    reference.tag = std::move(split.tag);
    reference.digest = std::move(split.digest);
    return reference;
}

std::string format(const Reference &reference)
{
    std::string name = reference.registry;
    if (!reference.nameSpace.empty())
        append(name, reference.nameSpace);
    append(name, reference.repository);
    return mergeImage(name, reference.tag, reference.digest);
}

Reference replaced(Reference reference, const Replacement &replacement)
{
    const std::string registry(trimmed(replacement.registry));
    const std::string nameSpace(trimmed(replacement.nameSpace));
    const std::string repository(trimmed(replacement.repository));
    const bool wasOnDockerHub = reference.isOnDockerHub();
    if (!registry.empty())
        reference.registry = registry;
    if (!nameSpace.empty())
        reference.nameSpace = nameSpace;
    if (!repository.empty())
        reference.repository = repository;
    if (!registry.empty() && reference.nameSpace.empty() && (wasOnDockerHub || reference.isOnDockerHub()))
        reference.nameSpace = "library";
    return reference;
}

std::string replacedImage(const std::string &image, const Replacement &replacement)
{
    const auto reference = parseReference(image);
    if (!reference)
        return image;
    const Reference result = replaced(*reference, replacement);
    return result == *reference ? image : format(result);
}

} // namespace runner::image
