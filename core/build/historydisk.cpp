// History: what builds take on the disk.
#include "build/history.h"
#include "build/zstdfile.h"

#include <algorithm>
#include <system_error>

namespace runner::build {

namespace {

namespace fs = std::filesystem;

std::uint64_t sizeOf(const fs::path &folder)
{
    std::uint64_t sum = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored))
            sum += entry->file_size(ignored);
    }
    return sum;
}

} // namespace

std::uint64_t History::diskUse() const
{
    return sizeOf(m_folder / "builds");
}

Result<std::uint64_t> History::limitDisk(std::uint64_t bytes)
{
    HistoryFilter everything;
    everything.count = -1;
    auto records = list(everything);
    if (!records)
        return tl::unexpected(records.error());
    std::uint64_t use = diskUse();
    std::erase_if(*records, [](const BuildRecord &record) { return record.isRunning(); });
    for (auto record = records->rbegin(); record != records->rend() && use > bytes; ++record) {
        std::error_code error;
        if (!fs::exists(record->folder / compressedStreamFile, error)
            && !fs::exists(record->folder / streamFile, error))
            continue;
        for (const char *name : {logFile, indexFile}) {
            const std::uintmax_t size = fs::file_size(record->folder / name, error);
            if (!error && fs::remove(record->folder / name, error))
                use -= std::min<std::uint64_t>(use, size);
        }
    }
    for (auto record = records->rbegin(); record != records->rend() && use > bytes; ++record) {
        const std::uint64_t size = sizeOf(record->folder);
        if (const auto removed = remove(record->id); !removed)
            return tl::unexpected(removed.error());
        use -= std::min(use, size);
    }
    return use;
}

Result<bool> compressRecording(const fs::path &folder)
{
    const auto compressed = compressFile(folder / streamFile, folder / compressedStreamFile);
    std::error_code ignored;
    if (compressed)
        fs::remove(folder / streamFile, ignored);
    return compressed;
}

Result<std::shared_ptr<const Log>> openLog(const BuildRecord &record, const std::function<bool(double)> &progress)
{
    auto log = Log::open(record.folder / logFile, record.folder / indexFile);
    if (log)
        return std::shared_ptr<const Log>(std::move(*log));
    const auto replayed = Recording::replay(record.folder, record.request.dockerfile, progress);
    if (!replayed)
        return tl::unexpected(replayed.error());
    return (*replayed)->log();
}

} // namespace runner::build
