# One interface target for warnings; everything of ours links it privately.
option(RUNNER_WERROR "Treat warnings as errors" ON)
add_library(runner-warnings INTERFACE)
target_compile_options(runner-warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wcast-align -Wunused -Wold-style-cast
    $<$<BOOL:${RUNNER_WERROR}>:-Werror>)
