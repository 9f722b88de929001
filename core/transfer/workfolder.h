// A folder of its own for every attempt, so that nothing partial is left wherever it ends.
#pragma once

#include "diagnostics/problem.h"

#include <cstdint>
#include <filesystem>

namespace runner::transfer {

/// A private folder; removed with all it holds when the object goes.
class WorkFolder
{
public:
    /// A hidden folder beside \a target, whose folders are made as needed below \a root. If the work is given up, those
    /// that are empty then are removed again. Error: folder-unwritable.
    static Result<WorkFolder> beside(const std::filesystem::path &target, const std::filesystem::path &root);
    /// Where large temporary files belong: $TMPDIR, or /var/tmp. Error: folder-unwritable.
    static Result<WorkFolder> temporary();

    WorkFolder(WorkFolder &&other) noexcept;
    WorkFolder &operator=(WorkFolder &&) = delete;
    ~WorkFolder();

    const std::filesystem::path &path() const { return m_path; }
    /// Bytes of all files in it.
    std::uint64_t size() const;
    /// Flushes the file \a name of this folder to the disk and puts it at the place \a target, replacing what is there.
    /// Error: file-unwritable.
    Result<bool> publish(const std::string &name, const std::filesystem::path &target) const;

private:
    WorkFolder(std::filesystem::path path, std::filesystem::path root);
    static Result<WorkFolder> make(const std::filesystem::path &pattern, const std::filesystem::path &root);

    std::filesystem::path m_path;
    std::filesystem::path m_root; ///< Empty parents below it are removed; empty: none is.
};

} // namespace runner::transfer
