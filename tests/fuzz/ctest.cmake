# Runs every fuzz target of the fuzz preset (scripts/test builds it where clang has libFuzzer) for some seconds over
# its corpus. Without that build the tests are skipped and say why.
set(RUNNER_FUZZ_SECONDS 5 CACHE STRING "Seconds for each fuzz target in ctest")
foreach(target matrix edit dockerfile expansion imagename catalog buildlog logline)
    add_test(NAME fuzz_${target} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/run
        ${CMAKE_SOURCE_DIR}/build/fuzz/bin/${target}_fuzz ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${target}
        ${RUNNER_FUZZ_SECONDS})
    set_tests_properties(fuzz_${target} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300 LABELS fuzz)
endforeach()
