// A lock that ends with the process that holds it, however that ends.
#pragma once

#include <filesystem>
#include <utility>

namespace runner::build {

/// An advisory lock on a file (flock). Movable; released with the object.
class FileLock
{
public:
    FileLock() = default;
    FileLock(FileLock &&other) noexcept
        : m_file(std::exchange(other.m_file, -1))
    {
    }
    FileLock &operator=(FileLock &&other) noexcept
    {
        std::swap(m_file, other.m_file);
        return *this;
    }
    ~FileLock();

    /// Makes the file where it is not there. Not held where another process, or another lock of this one, has it.
    static FileLock tryLock(const std::filesystem::path &file);
    bool held() const { return m_file >= 0; }

private:
    int m_file = -1;
};

} // namespace runner::build
