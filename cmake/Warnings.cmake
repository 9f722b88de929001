# One interface target for warnings; everything of ours links it privately.
option(RUNNER_WERROR "Treat warnings as errors" ON)
add_library(runner-warnings INTERFACE)
target_compile_options(runner-warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wcast-align -Wunused -Wold-style-cast
    # With optimization GCC 12 and 13 report overlapping copies and uninitialized members inside std::string that are
    # none (GCC bug 105651 and its kin); clang and the sanitizers watch for the real ones.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict;-Wno-maybe-uninitialized>
    $<$<BOOL:${RUNNER_WERROR}>:-Werror>)
