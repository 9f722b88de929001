// Permissions count for nobody but root: for a while the process is somebody who is not.
#pragma once

#include <unistd.h>

namespace testdata {

/// Root's process becomes nobody's until the end of the scope; anybody else's stays as it is.
class Unprivileged
{
public:
    Unprivileged()
        : m_changed(::geteuid() == 0 && ::seteuid(nobody) == 0)
    {
    }
    Unprivileged(const Unprivileged &) = delete;
    Unprivileged &operator=(const Unprivileged &) = delete;
    ~Unprivileged()
    {
        if (m_changed && ::seteuid(0) != 0)
            ::_exit(1);
    }

private:
    static constexpr uid_t nobody = 65534;
    bool m_changed;
};

} // namespace testdata
