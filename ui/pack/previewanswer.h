// What the preview asks about the images of a Dockerfile, and what there is to say. Pure functions over values; no
// widget.
#pragma once

#include "pack/packimages.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace runner::ui {

struct PreviewQuestion
{
    PackCentrePointer centre;            ///< Null: nothing is open.
    std::string file;                    ///< The Dockerfile; empty for other files.
    std::vector<PackImage> images;       ///< All of the file.
    const expand::Job *chosen = nullptr; ///< One of theirs.
    std::vector<std::string> overrides;
    DockerfilePointer live; ///< The file's text as it is now; may be null.

    /// So few instructions that an answer takes less than a frame.
    bool isShort() const;
};

struct PreviewAnswer
{
    PreviewQuestion question; ///< Keeps what the preview points to.
    Preview preview;
    /// Arguments that any of the file's images uses, or a service that no rule packs now.
    std::set<std::string> usedByOthers;
    std::set<std::string> usedByRule; ///< Of the images of the chosen one's rule.
    QString recordedWith;             ///< What a rehearsal of the chosen image is recorded with.
};

using PreviewAnswerPointer = std::shared_ptr<const PreviewAnswer>;

/// \a before may be null; what the typed arguments and the text have no say in is taken from it.
PreviewAnswerPointer answerOf(const PreviewQuestion &question, const PreviewAnswerPointer &before);

} // namespace runner::ui
