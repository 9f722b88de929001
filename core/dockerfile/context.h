// Named build contexts: folders that a build may take files from besides its own.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace runner::dockerfile {

struct ContextFile
{
    std::string path;            ///< Relative to the context: "python.sh".
    std::set<std::string> names; ///< Variables that it mentions ("$NAME"), or that files which it names mention.
};

struct NamedContext
{
    std::string name;               ///< As in "from=common".
    std::string folder;             ///< Relative to the workspace: "pack/common".
    std::vector<ContextFile> files; ///< Ascending by path.
};

/// A text of a context's file.
struct ContextText
{
    std::string path;
    std::string text;
};

/// Finds the variables that the files mention. A file that holds the name of another one is taken to run it.
std::vector<ContextFile> readContextFiles(const std::vector<ContextText> &texts);

} // namespace runner::dockerfile
