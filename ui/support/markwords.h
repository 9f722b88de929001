// The marks of released images in words.
#pragma once

#include "workspace/releaseeffect.h"

#include <QString>

namespace runner::ui {

/// "deprecated", "no longer polished"
QString releaseMarkText(const workspace::MarkChange &mark);

} // namespace runner::ui
