// What all kept builds may take on the disk, as the user's settings keep it: the window writes them, and the command
// line reads them as well.
#pragma once

#include <QSettings>
#include <QString>

#include <cstdint>

namespace runner::build {

inline constexpr int usualGigabytes = 20; ///< 1e9 bytes each
inline constexpr int mostGigabytes = 1'000'000;
inline constexpr std::uint64_t bytesPerGigabyte = 1'000'000'000;

/// In gigabytes, 0 to mostGigabytes; 0: any.
inline int diskLimitIn(const QSettings &settings)
{
    return qBound(0, settings.value(QStringLiteral("builds/gigabytes"), usualGigabytes).toInt(), mostGigabytes);
}

inline void setDiskLimitIn(QSettings &settings, int gigabytes)
{
    settings.setValue(QStringLiteral("builds/gigabytes"), gigabytes);
}

} // namespace runner::build
