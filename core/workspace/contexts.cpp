#include "workspace/contexts.h"

#include <string_view>

namespace runner::workspace {

namespace {

constexpr std::size_t mostEntries = 1000;
constexpr std::size_t mostFolders = 100;
constexpr std::size_t mostTexts = 200;
constexpr std::size_t longestText = std::size_t{256} << 10U;

// Names of the files below the folder, ascending in each folder.
std::vector<std::string> filesBelow(const FileSource &source, const std::string &folder)
{
    std::vector<std::string> files;
    std::vector<std::string> folders{folder};
    std::size_t count = 0;
    for (std::size_t i = 0; i < folders.size() && i < mostFolders; ++i) {
        const std::string parent = folders[i];
        for (const std::string &name : source.list(parent, mostEntries)) {
            if (++count > mostEntries)
                return files;
            const std::string path = parent + "/" + name;
            (source.isFolder(path) ? folders : files).push_back(path);
        }
    }
    return files;
}

// Files that are no text, or lead out of the workspace, mention nothing.
std::vector<dockerfile::ContextText> readTexts(Workspace &workspace, const FileSource &source)
{
    std::vector<dockerfile::ContextText> texts;
    for (const std::string &name : filesBelow(source, commonFolder)) {
        if (texts.size() == mostTexts)
            break;
        if (const auto text = source.read(name, longestText)) {
            texts.push_back({name.substr(std::string_view(commonFolder).size() + 1), **text});
            workspace.readFiles.push_back(name);
            workspace.texts[name] = *text;
        }
    }
    return texts;
}

bool isContextFile(const std::string &name)
{
    return name.starts_with(std::string(commonFolder) + "/");
}

// What the base has read stands for the disk: it is the same wherever no other text was put above it.
bool isAsBefore(const FileSource &source, const Workspace *base)
{
    if (!base || !base->contexts || !source.isFolder(commonFolder))
        return false;
    return source.sharesFolder(commonFolder);
}

} // namespace

std::shared_ptr<const std::vector<dockerfile::NamedContext>>
readContexts(Workspace &workspace, const FileSource &source, const Workspace *base)
{
    if (workspace.matrix.findBackend(commonContext) || !source.isFolder(commonFolder))
        return nullptr;
    workspace.readFiles.emplace_back(commonFolder);
    if (isAsBefore(source, base)) {
        for (const auto &[name, text] : base->texts) {
            if (!isContextFile(name))
                continue;
            workspace.readFiles.push_back(name);
            workspace.texts[name] = text;
        }
        return workspace.contexts = base->contexts;
    }
    std::vector<dockerfile::NamedContext> contexts;
    contexts.push_back({commonContext, commonFolder, dockerfile::readContextFiles(readTexts(workspace, source))});
    workspace.contexts = std::make_shared<const std::vector<dockerfile::NamedContext>>(std::move(contexts));
    return workspace.contexts;
}

} // namespace runner::workspace
