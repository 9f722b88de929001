// A file's bytes as memory.
#pragma once

#include "diagnostics/problem.h"

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>

namespace runner::build {

/// Read-only. The file must not become shorter while it is mapped.
class MappedFile
{
public:
    MappedFile() = default;
    MappedFile(MappedFile &&other) noexcept
        : m_data(std::exchange(other.m_data, nullptr))
        , m_size(std::exchange(other.m_size, 0))
    {
    }
    MappedFile &operator=(MappedFile &&other) noexcept
    {
        std::swap(m_data, other.m_data);
        std::swap(m_size, other.m_size);
        return *this;
    }
    ~MappedFile();

    /// Maps what the file holds now. Error: file-unreadable.
    static Result<MappedFile> open(const std::filesystem::path &path);

    std::string_view bytes() const { return {m_data, m_size}; }

private:
    const char *m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace runner::build
