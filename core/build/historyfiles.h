// Names of the files beside a build's recording, in its folder of the history.
#pragma once

namespace runner::build {

inline constexpr const char *reserveFile = "reserve"; ///< Room for the end of a build whose log fills the disk.

constexpr const char *aliveFile = "alive";   ///< Locked by the console that runs the build.
constexpr const char *cancelFile = "cancel"; ///< Somebody wants it cancelled.
constexpr const char *dockerfileCopy = "Dockerfile";
constexpr const char *contextList = "context.json";

} // namespace runner::build
