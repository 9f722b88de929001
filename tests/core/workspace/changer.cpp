// Writes change sets in turn until it is killed. Arguments: ROOT JOURNALS.
#include "workspace/changeset.h"

#include <cstdio>

using namespace runner::workspace;

namespace {

std::string content(int number)
{
    return std::string(100'000, static_cast<char>('a' + number % 26)) + "\n";
}

// Odd steps make a new folder with a file and remove another file; even ones take that back.
ChangeSet changes(int number)
{
    const bool odd = number % 2 == 1;
    const std::optional<std::string> fixed = "fixed\n";
    return {{"matrix.yml", content(number), content(number - 1)},
            {"pack/new/deep/Dockerfile", odd ? fixed : std::nullopt, odd ? std::nullopt : fixed},
            {"pack/old", odd ? std::nullopt : fixed, odd ? fixed : std::nullopt},
            {"catalog.json", content(number), content(number - 1)}};
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    for (int i = 1;; ++i) {
        if (const auto done = writeChanges(argv[1], changes(i), argv[2]); !done) {
            std::fprintf(stderr, "%s\n", done.error().message.c_str());
            return 1;
        }
        if (i == 1) {
            std::puts("writing");
            std::fflush(stdout);
        }
    }
}
