// The transcripts of rehearsals: what each image would install, in order, as the rehearsal recorded it.
#pragma once

#include "diagnostics/problem.h"

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

} // namespace runner::ui
