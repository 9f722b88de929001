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

/// A file, a folder or a pattern of a context that a step reads.
struct Source
{
    std::string folder; ///< The context's, with "/" at its end; empty for the request's own.
    std::string path;   ///< From there; empty: all of it.

    bool names(const std::string &file) const
    {
        if (!file.starts_with(folder))
            return false;
        const std::string begin = beginOf(file.substr(folder.size()), path);
        return path.empty() || begin == path || ::fnmatch(path.c_str(), begin.c_str(), FNM_PATHNAME) == 0;
    }
};

using Sources = std::vector<Source>;

/// Nothing is added for a stage or an image.
void addSource(Sources &sources, const std::string &from, const std::string &written, const Request &request)
{
    const auto folder = folderOf(from, request);
    if (!folder)
        return;
    const auto plain = [](const std::string &path) {
        const std::string normal = std::filesystem::path("/" + path).lexically_normal().relative_path().string();
        return normal.ends_with('/') ? normal.substr(0, normal.size() - 1) : normal;
    };
    const std::string prefix = plain(*folder);
    const bool isOpen = written.find('$') != written.npos;
    sources.push_back({prefix.empty() ? prefix : prefix + '/', isOpen ? std::string() : plain(written)});
}

void addCopied(Sources &sources, const std::vector<std::string> &words, const Request &request)
{
    std::string from;
    std::vector<std::string> written;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (const auto named = valueOf(words[i], "--from="))
            from = *named;
        else if (!words[i].starts_with("--"))
            written.push_back(words[i]);
    }
    if (!written.empty() && written.front().starts_with('[')) // A list in JSON: which files it names is not looked at.
        written = {"."};
    else if (written.size() > 1)
        written.pop_back(); // Where they go.
    for (const std::string &each : written)
        addSource(sources, from, each, request);
}

void addMounted(Sources &sources, const std::vector<std::string> &words, const Request &request)
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
        addSource(sources, from, source, request);
    }
}

} // namespace

std::vector<std::string> filesRead(const std::string &step, const std::vector<StepRecord> &steps,
                                   std::vector<std::string> files, const Request &request)
{
    if (step.empty() || steps.empty())
        return files;
    const StepPlace place = placeOfStep(step);
    Sources sources;
    for (const StepRecord &each : steps) {
        const StepPlace other = placeOfStep(each.name);
        const bool isLater = other.stage == place.stage && other.number > place.number;
        if (isLater || !isInstructionStep(each.name))
            continue;
        const std::vector<std::string> words = wordsOf(instructionOf(each.name));
        const bool copies = !words.empty() && (words.front() == "COPY" || words.front() == "ADD");
        copies ? addCopied(sources, words, request) : addMounted(sources, words, request);
    }
    std::erase_if(files, [&sources](const std::string &file) {
        return std::none_of(sources.begin(), sources.end(),
                            [&file](const Source &source) { return source.names(file); });
    });
    return files;
}

} // namespace runner::build
