// The sub-commands of `runnerctl builds`, and what they share.
#pragma once

#include "build/explain.h"
#include "build/session.h"
#include "command.h"

#include <cstdint>
#include <optional>
#include <string>

namespace runner::ctl {

void addBuildsList(CLI::App *builds, Context &context);
void addBuildsShow(CLI::App *builds, Context &context);
void addBuildsLog(CLI::App *builds, Context &context);
void addBuildsCancel(CLI::App *builds, Context &context);
void addBuildsRetry(CLI::App *builds, Context &context);
void addBuildsCompare(CLI::App *builds, Context &context);

/// The argument that names a build.
CLI::Option *addId(CLI::App *command, std::int64_t &id, const char *name = "ID");

/// "succeeded", "running".
std::string result(const build::BuildRecord &record);

/// With blanks behind it, at least so wide.
std::string padded(std::string text, std::size_t width);

/// With all that the history keeps of it; nothing where its steps cannot be read.
std::optional<build::KnownBuild> knownBuild(build::History &history, const build::BuildRecord &record);

} // namespace runner::ctl
