#include "dockerfile/context.h"

#include "dockerfile/mentions.h"

#include <algorithm>

namespace runner::dockerfile {

namespace {

std::string baseName(const std::string &path)
{
    return path.substr(path.rfind('/') + 1);
}

// For each text the others that it names.
std::vector<std::vector<std::size_t>> namedFiles(const std::vector<ContextText> &texts)
{
    std::vector<std::vector<std::size_t>> named(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t j = 0; j < texts.size(); ++j) {
            if (i != j && texts[i].text.find(baseName(texts[j].path)) != std::string::npos)
                named[i].push_back(j);
        }
    }
    return named;
}

std::vector<bool> reachedFrom(std::size_t start, const std::vector<std::vector<std::size_t>> &named)
{
    std::vector<bool> reached(named.size(), false);
    std::vector<std::size_t> next{start};
    while (!next.empty()) {
        const std::size_t file = next.back();
        next.pop_back();
        if (reached[file])
            continue;
        reached[file] = true;
        next.insert(next.end(), named[file].begin(), named[file].end());
    }
    return reached;
}

} // namespace

std::vector<ContextFile> readContextFiles(const std::vector<ContextText> &texts)
{
    std::vector<std::set<std::string>> own(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        mentionsInShell(texts[i].text, [&](std::string_view name) { own[i].emplace(name); });
    const auto named = namedFiles(texts);
    std::vector<ContextFile> files;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        ContextFile file{texts[i].path, {}};
        const std::vector<bool> reached = reachedFrom(i, named);
        for (std::size_t j = 0; j < texts.size(); ++j) {
            if (reached[j])
                file.names.insert(own[j].begin(), own[j].end());
        }
        files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(), [](const ContextFile &a, const ContextFile &b) { return a.path < b.path; });
    return files;
}

} // namespace runner::dockerfile
