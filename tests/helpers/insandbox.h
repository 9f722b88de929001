// A test program that needs a real daemon runs inside scripts/sandbox, which starts one where none is shared.
#pragma once

#include <cstdlib>
#include <unistd.h>
#include <vector>

/// Replaces this process by itself inside the sandbox, with the same arguments; returns where that is where it runs
/// already. Ends with 77, skipped, where the sandbox's script cannot be started.
inline void enterSandbox(int argc, char **argv)
{
    if (std::getenv("RUNNER_SANDBOX_REGISTRY") != nullptr)
        return;
    std::vector<char *> words = {const_cast<char *>(RUNNER_SOURCE_DIR "/scripts/sandbox"), const_cast<char *>("run")};
    words.insert(words.end(), argv, argv + argc);
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    std::exit(77);
}
