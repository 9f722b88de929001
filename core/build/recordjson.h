// Parts of a build record as JSON text, for the database and for runnerctl.
#pragma once

#include "build/buildrecord.h"

#include <string>
#include <string_view>
#include <vector>

namespace runner::build {

/// One line each; reading back skips what it does not know.
std::string toJson(const Problems &problems);
Problems problemsFromJson(std::string_view text);
std::string toJson(const Metadata &metadata);
Metadata metadataFromJson(std::string_view text);

/// A list of builds, 2 spaces of indentation, with a final newline (docs/json.md).
std::string buildsJson(const std::vector<BuildRecord> &records);

/// One build with its steps.
std::string buildJson(const BuildRecord &record, const std::vector<StepRecord> &steps);

/// "2026-11-24T16:32:48.123Z"; empty for 0.
std::string describeTime(Time time);

} // namespace runner::build
