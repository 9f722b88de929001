// Times the engine on a workspace: bench_core DIR [ROUNDS]. Prints "NAME MILLISECONDS" lines, medians.
#include "catalog/catalog.h"
#include "catalog/query.h"
#include "check/check.h"
#include "check/convention/convention.h"
#include "expand/plan.h"
#include "workspace/workspace.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

using namespace runner;

namespace {

int rounds = 9;

void report(const char *name, const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    std::printf("%s %.3f\n", name, times[times.size() / 2]);
}

void expandTargets(const workspace::Workspace &centre)
{
    std::size_t jobs = 0;
    for (const matrix::Service &service : centre.matrix.services) {
        expand::Options options;
        options.target = service.id;
        jobs += expand::expand(centre.matrix, centre.lookup(), options).jobs.size();
    }
    if (jobs == 0)
        std::fputs("no jobs were expanded\n", stderr);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    if (argc > 2)
        rounds = std::max(1, std::atoi(argv[2]));
    const auto opened = workspace::open(argv[1]);
    if (!opened) {
        std::fprintf(stderr, "%s\n", diagnostics::describe(opened.error()).c_str());
        return 1;
    }
    const workspace::Workspace &centre = **opened;
    std::printf("records %zu\nrules %zu\n", centre.records.size(), centre.matrix.rules.size());
    report("load", [&] { workspace::open(argv[1]); });
    report("expand", [&] { expandTargets(centre); });
    report("query", [&] {
        catalog::Filter filter;
        filter.serviceVersionPrefix = "0.1";
        catalog::toJson(catalog::select(centre.records, filter), catalog::Grouping::Backend);
    });
    report("check", [&] { check::checkWorkspace(centre); });
    report("convention", [&] {
        for (const workspace::PackFile &file : centre.dockerfiles)
            check::convention::checkFile(centre, file);
    });
    return 0;
}
