#include "build/contextfiles.h"

#include <QCryptographicHash>
#include <QFile>

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <filesystem>
#include <utility>

namespace runner::build {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostFiles = 20'000;
constexpr std::uintmax_t largestFile = 16U << 20U;
constexpr std::uintmax_t mostBytes = 256U << 20U;

/// " 755": a builder tells files by their mode as well.
std::string modeOf(const fs::path &path)
{
    std::error_code error;
    const auto mode = static_cast<unsigned>(fs::status(path, error).permissions() & fs::perms::mask);
    std::array<char, 16> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), mode, 8).ptr;
    return error ? std::string() : ' ' + std::string(text.data(), end);
}

class Collector
{
public:
    explicit Collector(std::string root)
        : m_root(std::move(root))
    {
    }

    void add(const std::string &folder)
    {
        std::error_code error;
        fs::recursive_directory_iterator entry(fs::path(m_root) / folder, fs::directory_options::skip_permission_denied,
                                               error);
        for (; !error && entry != fs::recursive_directory_iterator() && m_files.size() < mostFiles;
             entry.increment(error)) {
            std::error_code ignored;
            if (entry->is_symlink(ignored))
                m_files[nameOf(entry->path())] = "link:" + fs::read_symlink(entry->path(), ignored).string();
            else if (entry->is_regular_file(ignored))
                addFile(entry->path());
        }
    }

    ContextFiles take() { return std::move(m_files); }

private:
    std::string nameOf(const fs::path &path) const { return path.lexically_relative(m_root).generic_string(); }

    void addFile(const fs::path &path)
    {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(path, error);
        std::string value = "size:" + std::to_string(error ? 0 : size);
        if (!error && size <= largestFile && m_bytes + size <= mostBytes) {
            m_bytes += size;
            QFile file(QString::fromStdString(path.string()));
            QCryptographicHash hash(QCryptographicHash::Sha256);
            if (file.open(QIODevice::ReadOnly) && hash.addData(&file))
                value = hash.result().toHex().toStdString();
        }
        m_files[nameOf(path)] = value + modeOf(path);
    }

    std::string m_root;
    ContextFiles m_files;
    std::uintmax_t m_bytes = 0;
};

} // namespace

ContextFiles readContextFiles(const Request &request)
{
    Collector collector(request.folder);
    collector.add(request.context);
    for (const auto &[name, value] : request.contexts) {
        if (value.find("://") == std::string::npos)
            collector.add(value);
    }
    return collector.take();
}

std::string toJson(const ContextFiles &files)
{
    return nlohmann::json(files).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ContextFiles contextFilesFromJson(const std::string &text)
{
    ContextFiles files;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return files;
    for (const auto &[path, value] : json.items()) {
        if (value.is_string())
            files[path] = value.get<std::string>();
    }
    return files;
}

std::vector<std::string> changedFiles(const ContextFiles &before, const ContextFiles &after)
{
    std::vector<std::string> changed;
    auto old = before.begin();
    auto fresh = after.begin();
    while (old != before.end() || fresh != after.end()) {
        if (fresh == after.end() || (old != before.end() && old->first < fresh->first)) {
            changed.push_back((old++)->first);
        } else if (old == before.end() || fresh->first < old->first) {
            changed.push_back((fresh++)->first);
        } else {
            if (old->second != fresh->second)
                changed.push_back(old->first);
            ++old;
            ++fresh;
        }
    }
    return changed;
}

} // namespace runner::build
