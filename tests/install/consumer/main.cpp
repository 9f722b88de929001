#include <workspace/workspace.h>

#include <cstdio>

int main(int argc, char **argv)
{
    const auto opened = argc > 1 ? runner::workspace::open(argv[1]) : runner::workspace::open(".");
    std::printf("%zu rules\n", opened ? (*opened)->matrix.rules.size() : 0);
    return opened ? 0 : 1;
}
