// The repairs that are certain, as entries of a menu.
#pragma once

#include "workspace/loadedworkspace.h"

class QMenu;

namespace runner::ui {

class DocumentSet;

/// Puts the repairs of a problem of \a loaded in front of the menu's entries, each a step of its file's history. How
/// many there are: none where the file has been changed since it was checked.
int addFixes(QMenu &menu, const LoadedPointer &loaded, DocumentSet &documents, const Problem &problem);

} // namespace runner::ui
