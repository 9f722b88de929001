#include "transfer/tarindex.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string_view>

namespace runner::transfer {

namespace {

constexpr std::uint64_t blockSize = 512;
constexpr std::uint64_t maxExtension = 1U << 20U; ///< Bytes of a PAX or GNU extension that we read.
using Block = std::array<char, blockSize>;

/// A number field: octal text, or big-endian binary where the first bit is set (GNU, for files over 8 GiB).
std::optional<std::uint64_t> number(std::string_view field)
{
    std::uint64_t value = 0;
    if (!field.empty() && (static_cast<unsigned char>(field[0]) & 0x80U)) {
        for (char c : field.substr(field.size() - 8))
            value = (value << 8U) | static_cast<unsigned char>(c);
        return value;
    }
    for (char c : field) {
        if (c == '\0' || c == ' ')
            continue;
        if (c < '0' || c > '7')
            return std::nullopt;
        value = value * 8 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

bool checksumFits(const Block &block)
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < block.size(); ++i)
        sum += i >= 148 && i < 156 ? static_cast<unsigned>(' ') : static_cast<unsigned char>(block[i]);
    return number({block.data() + 148, 8}) == sum;
}

std::string textField(const Block &block, std::size_t at, std::size_t size)
{
    const std::string_view field(block.data() + at, size);
    return std::string(field.substr(0, field.find('\0')));
}

class TarReader
{
public:
    explicit TarReader(const std::filesystem::path &path)
        : m_path(path)
    {
        std::error_code error;
        if (!std::filesystem::is_regular_file(path, error)) // opening a FIFO would wait for its writer
            return;
        m_length = std::filesystem::file_size(path, error);
        m_file.open(path, std::ios::binary);
        m_usable = m_file.is_open() && !error;
    }

    Result<TarIndex> read()
    {
        if (!m_usable)
            return failed("archive-unreadable", "cannot be read");
        for (Block block{}; readBlock(block);) {
            if (std::all_of(block.begin(), block.end(), [](char c) { return c == '\0'; }))
                return std::move(m_index);
            if (!checksumFits(block) || !take(block))
                return failed(m_at > blockSize ? "archive-truncated" : "archive-foreign",
                              m_at > blockSize ? "is damaged or ends too early" : "is no tar archive");
        }
        return failed(m_at == 0 ? "archive-foreign" : "archive-truncated",
                      m_at == 0 ? "is no tar archive" : "ends too early");
    }

private:
    tl::unexpected<Problem> failed(const char *id, const char *what) const
    {
        return failure(id, {m_path.string(), 0, 0}, "The archive " + std::string(what));
    }
    bool readBlock(Block &block)
    {
        if (m_at + blockSize > m_length)
            return false;
        m_file.seekg(static_cast<std::streamoff>(m_at));
        m_at += blockSize;
        return static_cast<bool>(m_file.read(block.data(), static_cast<std::streamsize>(block.size())));
    }
    /// The header's entry; false where its content does not fit into the file.
    bool take(const Block &block)
    {
        const char type = block[156];
        const auto declared = number({block.data() + 124, 12});
        const bool extension = type == 'x' || type == 'g' || type == 'L' || type == 'K';
        const std::uint64_t size = !extension && m_paxSize ? *m_paxSize : declared.value_or(m_length);
        if (!declared || size > m_length - m_at || (extension && size > maxExtension))
            return false;
        if (extension)
            readExtension(type, size);
        else
            addEntry(block, {m_at, size, type == '\0' ? '0' : type});
        m_at += (size + blockSize - 1) / blockSize * blockSize;
        return true;
    }
    void addEntry(const Block &block, const TarEntry &entry)
    {
        std::string name = m_longName.value_or(textField(block, 0, 100));
        const std::string prefix = textField(block, 345, 155);
        if (!m_longName && !prefix.empty() && textField(block, 257, 5) == "ustar" && block[262] == '\0')
            name.insert(0, prefix + "/");
        m_index[name.rfind("./", 0) == 0 ? name.substr(2) : name] = entry;
        m_longName.reset();
        m_paxSize.reset();
    }
    void readExtension(char type, std::uint64_t size)
    {
        std::string text(size, '\0');
        m_file.seekg(static_cast<std::streamoff>(m_at));
        m_file.read(text.data(), static_cast<std::streamsize>(size));
        if (type == 'L')
            m_longName = text.substr(0, text.find('\0'));
        else if (type == 'x')
            readPax(text);
    }
    /// Records "LENGTH KEY=VALUE\n".
    void readPax(std::string_view text)
    {
        while (!text.empty()) {
            const auto length = std::strtoull(std::string(text.substr(0, 20)).c_str(), nullptr, 10);
            const auto space = text.find(' ');
            if (length == 0 || length > text.size() || space >= length)
                return;
            const std::string_view record = text.substr(space + 1, length - space - 2);
            if (record.substr(0, 5) == "path=")
                m_longName = std::string(record.substr(5));
            else if (record.substr(0, 5) == "size=")
                m_paxSize = std::strtoull(std::string(record.substr(5)).c_str(), nullptr, 10);
            text.remove_prefix(length);
        }
    }

    std::filesystem::path m_path;
    std::ifstream m_file;
    std::uint64_t m_length = 0;
    std::uint64_t m_at = 0;
    bool m_usable = false;
    std::optional<std::string> m_longName;
    std::optional<std::uint64_t> m_paxSize;
    TarIndex m_index;
};

} // namespace

Result<TarIndex> readTarIndex(const std::filesystem::path &path)
{
    return TarReader(path).read();
}

} // namespace runner::transfer
