# RUNNER_QUICK_BUILD: a first build in half the time. runner_compile_together() compiles a folder's sources as one,
# runner_precompile() a target's usual headers once. Without it every source proves that it includes what it needs.
option(RUNNER_QUICK_BUILD "Compile sources together and headers once" OFF)
set(RUNNER_STANDARD_HEADERS
    <algorithm> <array> <filesystem> <functional> <map> <memory> <optional> <set> <string> <string_view> <vector>)

# The sources of one folder are compiled as one, so names in their anonymous namespaces are unique in the folder. To be
# called when all sources are known.
function(runner_compile_together target)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ${RUNNER_QUICK_BUILD} UNITY_BUILD_MODE GROUP)
    get_target_property(sources ${target} SOURCES)
    get_target_property(folder ${target} SOURCE_DIR)
    foreach(source IN LISTS sources)
        get_filename_component(source ${source} ABSOLUTE BASE_DIR ${folder})
        get_filename_component(room ${source} DIRECTORY)
        file(RELATIVE_PATH room ${CMAKE_SOURCE_DIR} ${room})
        string(MAKE_C_IDENTIFIER "${room}" group)
        set_property(SOURCE ${source} TARGET_DIRECTORY ${target} PROPERTY UNITY_GROUP ${group})
    endforeach()
endfunction()

# About a hundred programs are linked. Where mold is installed it does so in a fraction of the time.
if(RUNNER_QUICK_BUILD)
    include(CheckLinkerFlag)
    check_linker_flag(CXX -fuse-ld=mold RUNNER_HAS_MOLD)
    if(RUNNER_HAS_MOLD)
        add_link_options(-fuse-ld=mold)
    endif()
endif()

function(runner_precompile target)
    if(RUNNER_QUICK_BUILD)
        target_precompile_headers(${target} PRIVATE ${RUNNER_STANDARD_HEADERS} ${ARGN})
    endif()
endfunction()
