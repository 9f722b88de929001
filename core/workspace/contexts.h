// The folder that all backends share, as a named build context.
#pragma once

#include "workspace/workspace.h"

namespace runner::workspace {

/// "from=common" in a Dockerfile means the folder pack/common, where there is one.
inline constexpr const char *commonContext = "common";
inline constexpr const char *commonFolder = "pack/common";

/// The named contexts of the workspace, with what their files mention; null where there are none. A backend of the
/// matrix that is called "common" keeps its folder. Adds what is read to the files to watch. Bounded: of very large
/// folders only a part is looked at. Where \a base (or null) has read the same texts, its contexts are shared.
std::shared_ptr<const std::vector<dockerfile::NamedContext>>
readContexts(Workspace &workspace, const FileSource &source, const Workspace *base);

} // namespace runner::workspace
