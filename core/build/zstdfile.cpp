#include "build/zstdfile.h"

#include "build/fileio.h"
#include "build/mappedfile.h"

#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace runner::build {

namespace {

constexpr int level = 3;

tl::unexpected<Problem> cannotWrite(const std::filesystem::path &file, int error)
{
    return failure("file-unwritable", {file.string()},
                   "The file cannot be written: " + std::generic_category().message(error), "Free space on the disk");
}

/// Compresses everything into an open file; errno, or 0.
int compressInto(int file, std::string_view bytes)
{
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::vector<char> piece(ZSTD_CStreamOutSize());
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    for (std::size_t left = 1; left != 0;) {
        ZSTD_outBuffer output{piece.data(), piece.size(), 0};
        left = ZSTD_compressStream2(context.get(), &output, &input, ZSTD_e_end);
        if (ZSTD_isError(left))
            return ENOMEM;
        if (const int error = writeAll(file, {piece.data(), output.pos}); error != 0)
            return error;
    }
    return ::fsync(file) == 0 ? 0 : errno;
}

} // namespace

Result<bool> compressFile(const std::filesystem::path &from, const std::filesystem::path &to)
{
    const auto mapped = MappedFile::open(from);
    if (!mapped)
        return tl::unexpected(mapped.error());
    std::filesystem::path fresh = to;
    fresh += ".new";
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return cannotWrite(to, errno);
    const int error = compressInto(file, mapped->bytes());
    ::close(file);
    std::error_code failed;
    if (error == 0)
        std::filesystem::rename(fresh, to, failed);
    if (error == 0 && !failed)
        return true;
    std::error_code ignored;
    std::filesystem::remove(fresh, ignored);
    return cannotWrite(to, error != 0 ? error : failed.value());
}

Result<bool> readCompressed(const std::filesystem::path &file, const std::function<bool(std::string_view)> &use)
{
    const auto mapped = MappedFile::open(file);
    if (!mapped)
        return tl::unexpected(mapped.error());
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
    std::vector<char> piece(std::max<std::size_t>(ZSTD_DStreamOutSize(), 1U << 20U));
    ZSTD_inBuffer input{mapped->bytes().data(), mapped->bytes().size(), 0};
    for (std::size_t left = 1; left != 0 || input.pos < input.size;) {
        ZSTD_outBuffer output{piece.data(), piece.size(), 0};
        const std::size_t before = input.pos;
        left = ZSTD_decompressStream(context.get(), &output, &input);
        if (output.pos > 0 && !use({piece.data(), output.pos}))
            return true;
        const bool stuck = left != 0 && output.pos == 0 && input.pos == before;
        if (ZSTD_isError(left) || stuck)
            return failure("file-unreadable", {file.string()},
                           "The compressed file is broken: "
                               + std::string(ZSTD_isError(left) ? ZSTD_getErrorName(left) : "it is cut"));
    }
    return true;
}

} // namespace runner::build
