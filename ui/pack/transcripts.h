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
};

/// Of a backend's service on a platform ("linux/arm64"): pack/transcripts/BACKEND/SERVICE.ARCH.txt or SERVICE.txt, else
/// the same names below tests/e2e/rehearsal/golden, where this project keeps its own. Errors: transcript-missing, with
/// the place to keep one in the advice, and those of workspace::readInside.
Result<Transcript> readTranscript(const std::filesystem::path &root, const std::string &backend,
                                  const std::string &service, const std::string &platform);

/// With what a rehearsal of the preview's image is recorded: its service with the Dockerfile's defaults, and which of
/// the arguments that the image uses have another value in it. Those that differ only because their default refers to
/// another argument are left out. At most six are named, in the order of the Dockerfile.
QString recordedWith(const Preview &preview);

} // namespace runner::ui
