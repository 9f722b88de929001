# RUNNER_QUICK_BUILD: a first build in half the time. runner_compile_together() compiles a target's sources a few at a
# time, runner_precompile() its usual headers once. Without it every source proves that it includes what it needs.
option(RUNNER_QUICK_BUILD "Compile sources together and headers once" OFF)
set(RUNNER_STANDARD_HEADERS
    <algorithm> <array> <filesystem> <functional> <map> <memory> <optional> <set> <string> <string_view> <vector>)

# For targets whose headers cost more than their code: Qt Widgets, CLI11.
function(runner_compile_together target)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ${RUNNER_QUICK_BUILD} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

function(runner_precompile target)
    if(RUNNER_QUICK_BUILD)
        target_precompile_headers(${target} PRIVATE ${RUNNER_STANDARD_HEADERS} ${ARGN})
    endif()
endfunction()
