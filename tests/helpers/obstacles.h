// What keeps a file from being saved, for as long as an object lives. Root is kept from little: it becomes nobody.
#pragma once

#include <csignal>
#include <exception>
#include <filesystem>
#include <string>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

namespace obstacles {

constexpr uid_t nobody = 65534;

/// Without root's rights, where the process has them.
class WithoutRoot
{
public:
    WithoutRoot()
        : m_root(::geteuid() == 0)
    {
        m_done = !m_root || ::setresuid(nobody, nobody, 0) == 0;
    }
    ~WithoutRoot()
    {
        if (m_root && m_done && ::setresuid(0, 0, 0) != 0)
            std::terminate();
    }
    WithoutRoot(const WithoutRoot &) = delete;
    WithoutRoot &operator=(const WithoutRoot &) = delete;

    /// False: the process is root and has to stay so.
    bool isDone() const { return m_done; }

    /// Gives a file to whom the process becomes; needed where only its folder is to be the obstacle.
    static bool give(const std::filesystem::path &file)
    {
        return ::geteuid() != 0 || ::chown(file.c_str(), nobody, nobody) == 0;
    }

private:
    bool m_root;
    bool m_done;
};

/// No file may be larger than that: a disk that is full, for those who may not mount a small one.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

/// A small disk mounted at a folder that is there; only root can, and not in every container.
class SmallDisk
{
public:
    SmallDisk(std::filesystem::path folder, const std::string &size)
        : m_folder(std::move(folder))
    {
        m_mounted = ::mount("tmpfs", m_folder.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    }
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_folder.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isMounted() const { return m_mounted; }

private:
    std::filesystem::path m_folder;
    bool m_mounted = false;
};

} // namespace obstacles
