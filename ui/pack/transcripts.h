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

/// Of a backend's service: pack/transcripts/BACKEND/SERVICE.txt, else tests/e2e/rehearsal/golden/BACKEND/SERVICE.txt,
/// where this project keeps its own. Errors: transcript-missing, with the first place in the advice, and those of
/// workspace::readInside.
Result<Transcript> readTranscript(const std::filesystem::path &root, const std::string &backend,
                                  const std::string &service);

} // namespace runner::ui
