#include "build/stepfiles.h"

#include "build/steporder.h"
#include "build/steps.h"

#include <algorithm>
#include <filesystem>
#include <fnmatch.h>
#include <optional>
#include <sstream>

namespace runner::build {

namespace {

std::vector<std::string> wordsOf(const std::string &instruction)
{
    std::istringstream text(instruction);
    std::vector<std::string> words;
    for (std::string word; text >> word;)
        words.push_back(word);
    return words;
}

/// What stands behind "--from=", or "from=" among the parts of a mount; nothing where there is none.
std::optional<std::string> valueOf(const std::string &word, const std::string &name)
{
    return word.starts_with(name) ? std::optional(word.substr(name.size())) : std::nullopt;
}

/// The folder of the context of that name, or of the build's own for an empty one; nothing for a stage or an image.
std::optional<std::string> folderOf(const std::string &name, const Request &request)
{
    if (name.empty())
        return request.context;
    const auto found = std::find_if(request.contexts.begin(), request.contexts.end(),
                                    [&name](const Pair &context) { return context.first == name; });
    return found == request.contexts.end() ? std::nullopt : std::optional(found->second);
}

/// The first parts of a path, as many as \a like has.
std::string beginOf(const std::string &path, const std::string &like)
{
    auto parts = std::count(like.begin(), like.end(), '/') + 1;
    std::size_t end = 0;
    while (parts-- > 0 && end != path.npos)
        end = path.find('/', end == 0 ? 0 : end + 1);
    return path.substr(0, end);
}

/// \a source as in COPY: a file, a folder or a pattern, from the context's top.
bool names(const std::string &source, const std::string &file)
{
    const std::string plain = std::filesystem::path("/" + source).lexically_normal().relative_path().string();
    const std::string wanted = plain.ends_with('/') ? plain.substr(0, plain.size() - 1) : plain;
    if (wanted.empty() || wanted == "." || source.find('$') != source.npos)
        return true;
    return ::fnmatch(wanted.c_str(), beginOf(file, wanted).c_str(), FNM_PATHNAME) == 0
           || beginOf(file, wanted) == wanted;
}

/// One source of a COPY, an ADD or a mount.
bool reads(const std::string &from, const std::string &source, const std::string &file, const Request &request)
{
    const auto folder = folderOf(from, request);
    if (!folder)
        return false;
    const std::string relative = std::filesystem::path(file).lexically_relative(*folder).generic_string();
    return !relative.empty() && !relative.starts_with("..") && names(source, relative);
}

bool copies(const std::vector<std::string> &words, const std::string &file, const Request &request)
{
    std::string from;
    std::vector<std::string> sources;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (const auto named = valueOf(words[i], "--from="))
            from = *named;
        else if (!words[i].starts_with("--"))
            sources.push_back(words[i]);
    }
    if (!sources.empty() && sources.front().starts_with('[')) // A list in JSON: which files it names is not looked at.
        return reads(from, ".", file, request);
    if (sources.size() > 1)
        sources.pop_back(); // Where they go.
    return std::any_of(sources.begin(), sources.end(),
                       [&](const std::string &source) { return reads(from, source, file, request); });
}

bool mounts(const std::vector<std::string> &words, const std::string &file, const Request &request)
{
    for (const std::string &word : words) {
        const auto mount = valueOf(word, "--mount=");
        if (!mount || mount->find("type=bind") == mount->npos)
            continue;
        std::string from, source = ".", part;
        for (std::istringstream parts(*mount); std::getline(parts, part, ',');) {
            from = valueOf(part, "from=").value_or(from);
            source = valueOf(part, "source=").value_or(valueOf(part, "src=").value_or(source));
        }
        if (reads(from, source, file, request))
            return true;
    }
    return false;
}

bool readsFile(const std::string &instruction, const std::string &file, const Request &request)
{
    const std::vector<std::string> words = wordsOf(instruction);
    if (words.empty())
        return false;
    return words.front() == "COPY" || words.front() == "ADD" ? copies(words, file, request)
                                                             : mounts(words, file, request);
}

} // namespace

bool mayHaveRead(const std::string &step, const std::vector<StepRecord> &steps, const std::string &file,
                 const Request &request)
{
    if (step.empty() || steps.empty())
        return true;
    const StepPlace place = placeOfStep(step);
    return std::any_of(steps.begin(), steps.end(), [&](const StepRecord &each) {
        const StepPlace other = placeOfStep(each.name);
        const bool isLater = other.stage == place.stage && other.number > place.number;
        return isInstructionStep(each.name) && !isLater && readsFile(instructionOf(each.name), file, request);
    });
}

} // namespace runner::build
