#include "workspace/contexts.h"

#include "workspace/paths.h"

#include <algorithm>
#include <system_error>

namespace runner::workspace
{

namespace fs = std::filesystem;

namespace
{

constexpr std::size_t mostEntries = 1000;
constexpr std::size_t mostTexts = 200;
constexpr std::size_t longestText = std::size_t{256} << 10U;

// Files that are no text, or lead out of the workspace, mention nothing.
std::vector<dockerfile::ContextText> readTexts(Workspace &workspace)
{
    std::vector<dockerfile::ContextText> texts;
    const fs::path folder = workspace.root / commonFolder;
    std::error_code error;
    std::size_t count = 0;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (++count > mostEntries || texts.size() == mostTexts)
            break;
        std::error_code ignored;
        if (!entry->is_regular_file(ignored))
            continue;
        const std::string path = entry->path().lexically_relative(folder).generic_string();
        const std::string name = std::string(commonFolder) + "/" + path;
        if (auto text = readInside(workspace.root, name, longestText)) {
            texts.push_back({path, std::move(*text)});
            workspace.readFiles.push_back(name);
        }
    }
    return texts;
}

} // namespace

std::shared_ptr<const std::vector<dockerfile::NamedContext>> readContexts(Workspace &workspace)
{
    std::error_code error;
    const fs::path folder = workspace.root / commonFolder;
    if (workspace.matrix.findBackend(commonContext) || !fs::is_directory(folder, error)
        || !isInside(workspace.root, folder))
        return nullptr;
    workspace.readFiles.emplace_back(commonFolder);
    std::vector<dockerfile::NamedContext> contexts;
    contexts.push_back({commonContext, commonFolder, dockerfile::readContextFiles(readTexts(workspace))});
    return std::make_shared<const std::vector<dockerfile::NamedContext>>(std::move(contexts));
}

} // namespace runner::workspace
