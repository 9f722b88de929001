# Installs the library for others: find_package(RunnerCore), target RunnerCore::runner-core.
include(CMakePackageConfigHelpers)

install(TARGETS runner-core EXPORT RunnerCoreTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/runner-core
    FILES_MATCHING PATTERN "*.h")
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
