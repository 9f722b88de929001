# Installs the library for others: find_package(RunnerCore), target RunnerCore::runner-core.
include(CMakePackageConfigHelpers)

install(TARGETS runner-core EXPORT RunnerCoreTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
# Headers of parts that only the library itself puts together; tests/install/run.cmake sees to it that no installed
# header needs one of them.
set(private_headers
    "build/(jsonfields|stagearguments)"
    "catalog/(grouped|grouping|jsonlayout|jsonvalue|tablelayout)"
    "check/(convention/.*|families|knownimages|platforms|rulereport|subject)"
    "diagnostics/problemjson"
    "dockerfile/(argumentline|command|expander|glob|headercomment|heredocs|instructioncheck|jsonform|keywords)"
    "dockerfile/(lines|mentions|parserdirectives|platform|problemlist|reader|stagecheck|wordcollector)"
    "git/library"
    "image/versionkey"
    "matrix/(nodereader|piececontent|pieces|placedpieces|sections|toplevel|yamlextents)"
    "matrix/edit/(blocktext|commenting|difference|draft|headersection|itemlayout|neighbours|newrules|newvalue|nodechecks|nodes|rulelayout|rulelist|rulenodes|ruleorder|runnernodes|runnerrows|scalar)"
    "onboard/(choices|comment|dockerfiles|draft|fieldcheck|identifiers|matrixchange|older|parts|rehearsal|stagechecks|stages|tagclash|takennames|takenwords|terms)"
    "text/temporaryfile"
    "transfer/(movetask|processrun|tarindex|workfolder)"
    "workspace/(contexts|olderlayout|packfiles)")
set(left_out)
foreach(headers IN LISTS private_headers) # One by one: CMake's expressions have ten groups at most.
    list(APPEND left_out REGEX "/core/${headers}\\.h$" EXCLUDE)
endforeach()
install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/runner-core
    FILES_MATCHING PATTERN "*.h"
    ${left_out}
    REGEX "/core/check/convention$" EXCLUDE)
install(EXPORT RunnerCoreTargets NAMESPACE RunnerCore::
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/RunnerCore)

configure_package_config_file(${CMAKE_CURRENT_SOURCE_DIR}/RunnerCoreConfig.cmake.in
    ${CMAKE_CURRENT_BINARY_DIR}/RunnerCoreConfig.cmake
    INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/RunnerCore)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/RunnerCoreConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/RunnerCoreConfig.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/RunnerCoreConfigVersion.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/RunnerCore)
