#include "build/commandline.h"

#include <algorithm>

namespace runner::build {

namespace {

using Words = std::vector<std::string>;

void add(Words &words, const char *option, const std::string &value)
{
    words.emplace_back(option);
    words.push_back(value);
}

void addAll(Words &words, const char *option, const std::vector<std::string> &values)
{
    for (const std::string &value : values)
        add(words, option, value);
}

void addAll(Words &words, const char *option, const Pairs &pairs)
{
    for (const auto &[name, value] : pairs)
        add(words, option, name + "=" + value);
}

void addIfAny(Words &words, const char *option, const std::string &value)
{
    if (!value.empty())
        add(words, option, value);
}

void addOutput(Words &words, const Request &request)
{
    if (request.call == Call::Check) {
        words.emplace_back("--call=check");
        return;
    }
    switch (request.output.kind) {
    case OutputKind::Nothing: // Said in words: some builders load images into the local store by default.
        add(words, "--output", "type=cacheonly");
        break;
    case OutputKind::Push:
        words.emplace_back("--push");
        break;
    case OutputKind::Load:
        words.emplace_back("--load");
        break;
    case OutputKind::Archive:
        add(words, "--output", "type=oci," + csvField("dest=" + request.output.file));
        break;
    }
}

void addCaches(Words &words, const Request &request)
{
    for (const std::string &image : request.cacheFrom)
        add(words, "--cache-from", "type=registry,ref=" + image);
    for (const std::string &image : request.cacheTo)
        add(words, "--cache-to", "type=registry,ref=" + image + ",mode=max,compression=gzip,ignore-error=true");
}

void addFlags(Words &words, const Request &request)
{
    words.emplace_back(request.provenance ? "--provenance=true" : "--provenance=false");
    words.emplace_back(request.sbom ? "--sbom=true" : "--sbom=false");
    if (request.noCache)
        words.emplace_back("--no-cache");
    if (request.pull)
        words.emplace_back("--pull");
}

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || std::string_view("_-./:=,+@%").find(c) != std::string_view::npos;
}

// Bytes beyond ASCII too: among them are characters that turn the direction of what a terminal shows.
bool isUnsafe(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f;
}

std::string singleQuoted(std::string_view word)
{
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

// Octal but for what printf and every shell around it leave alone. "%%": dash reads escapes before it looks for "%".
std::string printfFormat(std::string_view word)
{
    constexpr char digits[] = "01234567";
    std::string text;
    for (const char c : word) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%')
            text += "%%";
        else if (c != '-' && (c == ' ' || isPlain(c))) // A format that begins with "-" would be an option.
            text += c;
        else
            text += {'\\', digits[byte >> 6U], digits[(byte >> 3U) & 7U], digits[byte & 7U]};
    }
    return text;
}

// The only form in which every POSIX shell reads such a byte and a terminal shows none. It drops line feeds at its end.
std::string printed(std::string_view word)
{
    const std::size_t end = word.find_last_not_of('\n') + 1;
    const std::string text = end == 0 ? "" : "\"$(printf '" + printfFormat(word.substr(0, end)) + "')\"";
    return end == word.size() ? text : text + singleQuoted(word.substr(end));
}

} // namespace

std::vector<std::string> commandLine(const Request &request)
{
    Words words = {"docker", "buildx", "build"};
    addIfAny(words, "--builder", request.builder);
    addAll(words, "--allow", request.entitlements);
    addIfAny(words, "--platform", request.platform);
    addIfAny(words, "--file", request.dockerfile);
    addIfAny(words, "--target", request.target);
    addAll(words, "--tag", request.images);
    addAll(words, "--build-arg", request.buildArguments);
    addAll(words, "--build-context", request.contexts);
    addAll(words, "--ulimit", request.ulimits);
    addIfAny(words, "--shm-size", request.sharedMemory);
    addFlags(words, request);
    addCaches(words, request);
    addOutput(words, request);
    addIfAny(words, "--metadata-file", request.metadataFile);
    addIfAny(words, "--progress", request.progress);
    words.push_back(request.context);
    return words;
}

std::string shellWord(std::string_view word)
{
    if (!word.empty() && std::all_of(word.begin(), word.end(), isPlain))
        return std::string(word);
    return std::any_of(word.begin(), word.end(), isUnsafe) ? printed(word) : singleQuoted(word);
}

std::string shellLine(const std::vector<std::string> &arguments)
{
    std::string line;
    for (const std::string &word : arguments)
        line += (line.empty() ? "" : " ") + shellWord(word);
    return line;
}

std::string shellLines(const std::vector<std::string> &arguments)
{
    std::string text;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool newLine = i > 0 && (arguments[i].starts_with("--") || i + 1 == arguments.size());
        text += (i == 0 ? "" : newLine ? " \\\n    " : " ") + shellWord(arguments[i]);
    }
    return text;
}

std::string csvField(const std::string &field)
{
    if (field.find_first_of(",\"\n\r") == std::string::npos)
        return field;
    std::string quoted = "\"";
    for (const char c : field)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace runner::build
