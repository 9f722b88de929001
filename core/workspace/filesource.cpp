#include "workspace/filesource.h"

#include "workspace/paths.h"

#include <algorithm>
#include <system_error>

namespace runner::workspace {

namespace fs = std::filesystem;

Result<std::shared_ptr<const std::string>> DiskSource::read(const std::string &name, std::size_t limit) const
{
    auto text = readInside(m_root, name, limit);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    return std::make_shared<const std::string>(std::move(*text));
}

bool DiskSource::isPresent(const std::string &name) const
{
    return workspace::isPresent(m_root / name);
}

bool DiskSource::isFolder(const std::string &name) const
{
    std::error_code error;
    return fs::is_directory(m_root / name, error) && workspace::isInside(m_root, m_root / name);
}

std::vector<std::string> DiskSource::list(const std::string &folder, std::size_t limit) const
{
    std::vector<std::string> names;
    std::error_code error;
    fs::directory_iterator entry(m_root / folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::directory_iterator() && names.size() < limit; entry.increment(error))
        names.push_back(entry->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::shared_ptr<const std::string>> OverlaySource::read(const std::string &name, std::size_t limit) const
{
    const auto text = m_texts.find(name);
    if (text == m_texts.end())
        return m_below.read(name, limit);
    if (text->second->size() > limit)
        return failure("file-too-large", {name}, "The text is larger than what is read of this file");
    return text->second;
}

bool OverlaySource::isPresent(const std::string &name) const
{
    const auto text = m_texts.lower_bound(name);
    const bool ours = text != m_texts.end()
                      && (text->first == name || (text->first.starts_with(name) && text->first[name.size()] == '/'));
    return ours || m_below.isPresent(name);
}

bool OverlaySource::isFolder(const std::string &name) const
{
    return !sharesFolder(name) || m_below.isFolder(name);
}

bool OverlaySource::sharesFolder(const std::string &folder) const
{
    const auto text = m_texts.lower_bound(folder + "/");
    return text == m_texts.end() || !text->first.starts_with(folder + "/");
}

std::vector<std::string> OverlaySource::list(const std::string &folder, std::size_t limit) const
{
    std::vector<std::string> names = m_below.list(folder, limit);
    for (const auto &[name, text] : m_texts) {
        if (name.starts_with(folder + "/"))
            names.push_back(name.substr(folder.size() + 1, name.find('/', folder.size() + 1) - folder.size() - 1));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

} // namespace runner::workspace
