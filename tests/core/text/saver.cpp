// Saves two texts in turn until it is killed. Arguments: FILE FOLDER-OF-RECOVERY.
#include "text/recovery.h"
#include "text/savefile.h"

#include <cstdio>

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    const runner::text::RecoveryStore store(argv[2]);
    for (int i = 0;; ++i) {
        const std::string text(300'000, static_cast<char>('a' + i % 2));
        if (!store.keep({argv[1], text, {}, false, 0}) || !runner::text::saveFile(argv[1], "file", text))
            return 1;
        if (i == 0) {
            std::puts("saving");
            std::fflush(stdout);
        }
    }
}
