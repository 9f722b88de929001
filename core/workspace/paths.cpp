#include "workspace/paths.h"

#include "text/ascii.h"
#include "text/textfile.h"

#include <algorithm>
#include <system_error>

namespace runner::workspace {

namespace fs = std::filesystem;

namespace {

bool isName(std::string_view name, std::string_view further)
{
    return !name.empty() && text::isLetterOrDigit(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return text::isLetterOrDigit(c) || further.find(c) != std::string_view::npos;
    });
}

// A path whose target is unknown (missing, or not to be reached) is inside: reading it tells what is wrong.
bool leadsOutside(const fs::path &root, const fs::path &path)
{
    std::error_code error;
    const fs::path canonicalRoot = fs::canonical(root, error);
    if (error)
        return false;
    const fs::path target = fs::canonical(path, error);
    if (error)
        return false;
    const auto [rootEnd, rest] =
        std::mismatch(canonicalRoot.begin(), canonicalRoot.end(), target.begin(), target.end());
    return rootEnd != canonicalRoot.end();
}

} // namespace

bool isInside(const fs::path &root, const fs::path &path)
{
    return !leadsOutside(root, path);
}

bool isSafeName(std::string_view name)
{
    return isName(name, "_-");
}

bool isSafeComponent(std::string_view name)
{
    return isName(name, "._-");
}

bool isPresent(const fs::path &path)
{
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    return status.type() != fs::file_type::not_found && status.type() != fs::file_type::none;
}

Result<std::string> readInside(const fs::path &root, const std::string &relative, std::size_t limit)
{
    if (leadsOutside(root, root / relative))
        return failure("path-outside-workspace", {relative}, "This symlink leads out of the pack centre",
                       "Put the file itself here");
    auto file = text::readTextFile(root / relative, relative, limit);
    if (!file)
        return tl::unexpected(file.error());
    return std::move(file->text);
}

} // namespace runner::workspace
