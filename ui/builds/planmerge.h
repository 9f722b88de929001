// What a plan has released, into the open catalogue.
#pragma once

#include "build/plans.h"
#include "workspace/loadedworkspace.h"

#include <QString>

namespace runner::ui {

class DocumentSet;

/// Adds the released images to the catalogue's file as one step that can be undone; the user saves it. Says in a
/// sentence what was done, or why nothing was.
QString mergeIntoCatalogue(const build::KeptPlan &plan, const LoadedWorkspace &loaded, DocumentSet &documents);

} // namespace runner::ui
