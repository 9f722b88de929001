// The transcripts of rehearsals: what each image would install, in order, as the rehearsal recorded it.
#pragma once

#include "pack/packimages.h"

#include <QString>

#include <filesystem>
#include <string>

namespace runner::ui {

struct Transcript
{
    std::string file; ///< Relative to the root.
    std::string text;
    std::string
        ruleChanges; ///< Lines that the arguments of the image's rule change in it; empty where none are recorded.
};

/// Of the image of a job: pack/transcripts/BACKEND/SERVICE.ARCH.txt or SERVICE.txt, else the same names below
/// tests/e2e/rehearsal/golden, where this project keeps its own. What its rule changes is a section of
/// BACKEND/rules.txt beside it: "SERVICE, SERVICE for PLATFORM with NAME=VALUE NAME=VALUE", then indented lines; it
/// counts for every platform. Errors: transcript-missing, with the place to keep one in the advice, and those of
/// workspace::readInside.
Result<Transcript> readTranscript(const std::filesystem::path &root, const expand::Job &job);

/// With what a rehearsal of the preview's image is recorded: its service with the Dockerfile's defaults, and which of
/// the arguments that the image uses have another value in it. Those that differ only because their default refers to
/// another argument are left out. At most six are named, in the order of the Dockerfile.
QString recordedWith(const Preview &preview);

} // namespace runner::ui
