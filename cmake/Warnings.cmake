# One interface target for warnings; everything of ours links it privately.
option(RUNNER_WERROR "Treat warnings as errors" ON)
add_library(runner-warnings INTERFACE)
target_compile_options(runner-warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wcast-align -Wunused -Wold-style-cast
    # With optimization GCC 12 and 13 report overlapping, endless or outside copies and uninitialized members inside
    # std::string that are none (GCC bug 105651 and its kin); clang, debug builds and the sanitizers watch for real ones.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:
        -Wno-restrict;-Wno-maybe-uninitialized;-Wno-stringop-overflow;-Wno-array-bounds>
    $<$<BOOL:${RUNNER_WERROR}>:-Werror>)
