// Where the files of a pack centre come from: the disk, unsaved texts on top of it, or a git revision.
#pragma once

#include "diagnostics/problem.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace runner::workspace {

/// Texts of files by their path relative to the root; UTF-8, without a byte-order mark.
using Texts = std::map<std::string, std::shared_ptr<const std::string>>;

/// Names are paths relative to the root, with '/'.
class FileSource
{
public:
    FileSource() = default;
    FileSource(const FileSource &) = delete;
    FileSource &operator=(const FileSource &) = delete;
    virtual ~FileSource() = default;

    /// Errors: those of readInside().
    virtual Result<std::shared_ptr<const std::string>> read(const std::string &name, std::size_t limit) const = 0;
    /// A file or folder of this name is there.
    virtual bool isPresent(const std::string &name) const = 0;
    /// It is a folder that leads nowhere out of the pack centre.
    virtual bool isFolder(const std::string &name) const = 0;
    /// Nothing was put above what the disk (or an earlier look at it) has in this folder.
    virtual bool sharesFolder(const std::string &) const { return false; }
    /// Names of what is directly in a folder, ascending, the first \a limit of them; nothing where there is no such
    /// folder.
    virtual std::vector<std::string> list(const std::string &folder, std::size_t limit) const = 0;
};

class DiskSource final : public FileSource
{
public:
    explicit DiskSource(std::filesystem::path root)
        : m_root(std::move(root))
    {
    }

    Result<std::shared_ptr<const std::string>> read(const std::string &name, std::size_t limit) const override;
    bool isPresent(const std::string &name) const override;
    bool isFolder(const std::string &name) const override;
    std::vector<std::string> list(const std::string &folder, std::size_t limit) const override;

private:
    std::filesystem::path m_root;
};

/// Some texts instead of what another source has under their names. The other one must outlive it.
class OverlaySource final : public FileSource
{
public:
    OverlaySource(const FileSource &below, const Texts &texts)
        : m_below(below)
        , m_texts(texts)
    {
    }
    bool sharesFolder(const std::string &folder) const override;

    Result<std::shared_ptr<const std::string>> read(const std::string &name, std::size_t limit) const override;
    bool isPresent(const std::string &name) const override;
    bool isFolder(const std::string &name) const override;
    std::vector<std::string> list(const std::string &folder, std::size_t limit) const override;

private:
    const FileSource &m_below;
    const Texts &m_texts;
};

} // namespace runner::workspace
