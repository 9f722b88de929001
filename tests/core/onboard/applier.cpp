// Onboards the backend and the service of the examples and takes both back, in turn, until it is killed.
// Arguments: ROOT JOURNALS.
#include "onboard/proposal.h"
#include "onboard/spec.h"

#include <cstdio>

using namespace runner;

namespace {

bool thereAndBack(const workspace::WorkspacePointer &centre, const onboard::Proposal &proposal, const char *journals)
{
    const auto applied = onboard::apply(centre->root, proposal, journals);
    const auto undone = applied ? onboard::undo(centre->root, *applied, journals) : Result<void>();
    if (!applied || !undone)
        std::fprintf(stderr, "%s\n", (applied ? undone.error() : applied.error()).message.c_str());
    return applied && undone;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    const auto centre = workspace::open(argv[1]);
    if (!centre)
        return 1;
    const auto backend = onboard::readBackendSpec(onboard::backendExample(), {});
    const auto service = onboard::readServiceSpec(onboard::serviceExample(), {});
    const auto first = onboard::propose(*centre, backend->answers);
    const auto second = onboard::propose(*centre, service->answers);
    if (!first || !second)
        return 1;
    std::puts("writing");
    std::fflush(stdout);
    while (thereAndBack(*centre, *first, argv[2]) && thereAndBack(*centre, *second, argv[2])) { }
    return 1;
}
