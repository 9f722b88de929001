#include "build/commandline.h"

#include "text/ascii.h"

#include <algorithm>

namespace runner::build {

namespace {

using OptionList = std::vector<CommandOption>;

void addAll(OptionList &options, const char *name, const std::vector<std::string> &values)
{
    for (const std::string &value : values)
        options.push_back({name, value});
}

void addAll(OptionList &options, const char *name, const Pairs &pairs)
{
    for (const auto &[first, second] : pairs)
        options.push_back({name, first + "=" + second});
}

void addIfAny(OptionList &options, const char *name, const std::string &value)
{
    if (!value.empty())
        options.push_back({name, value});
}

void addOutput(OptionList &options, const Request &request)
{
    if (request.call == Call::Check) {
        options.push_back({"--call", "check", true});
        return;
    }
    switch (request.output.kind) {
    case OutputKind::Nothing: // Said in words: some builders load images into the local store by default.
        options.push_back({"--output", "type=cacheonly"});
        break;
    case OutputKind::Push:
        options.push_back({"--push"});
        break;
    case OutputKind::Load:
        options.push_back({"--load"});
        break;
    case OutputKind::Archive:
        options.push_back({"--output", "type=oci," + csvField("dest=" + request.output.file)});
        break;
    }
}

void addCaches(OptionList &options, const Request &request)
{
    for (const std::string &image : request.cacheFrom)
        options.push_back({"--cache-from", "type=registry,ref=" + image});
    for (const std::string &image : request.cacheTo)
        options.push_back(
            {"--cache-to", "type=registry,ref=" + image + ",mode=max,compression=gzip,ignore-error=true"});
}

void addFlags(OptionList &options, const Request &request)
{
    options.push_back({"--provenance", request.provenance ? "true" : "false", true});
    options.push_back({"--sbom", request.sbom ? "true" : "false", true});
    if (request.noCache)
        options.push_back({"--no-cache"});
    if (request.pull)
        options.push_back({"--pull"});
}

bool isPlain(char c)
{
    return text::isWord(c) || std::string_view("-./:=,+@%").find(c) != std::string_view::npos;
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

std::vector<CommandOption> commandOptions(const Request &request)
{
    OptionList options;
    addIfAny(options, "--builder", request.builder);
    addAll(options, "--allow", request.entitlements);
    addIfAny(options, "--platform", request.platform);
    addIfAny(options, "--file", request.dockerfile);
    addIfAny(options, "--target", request.target);
    addAll(options, "--tag", request.images);
    addAll(options, "--build-arg", request.buildArguments);
    addAll(options, "--build-context", request.contexts);
    addAll(options, "--ulimit", request.ulimits);
    addIfAny(options, "--shm-size", request.sharedMemory);
    addFlags(options, request);
    addCaches(options, request);
    addOutput(options, request);
    addIfAny(options, "--metadata-file", request.metadataFile);
    addIfAny(options, "--progress", request.progress);
    return options;
}

std::vector<std::string> commandLine(const Request &request)
{
    std::vector<std::string> words = {"docker", "buildx", "build"};
    for (const auto &[name, value, joined] : commandOptions(request)) {
        words.push_back(joined ? name + "=" + *value : name);
        if (value && !joined)
            words.push_back(*value);
    }
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
