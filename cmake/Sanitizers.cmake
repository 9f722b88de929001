# RUNNER_SANITIZE: a list for -fsanitize (address;undefined, thread, fuzzer…), applied to everything built here.
set(RUNNER_SANITIZE "" CACHE STRING "Sanitizers, separated by commas")
if(RUNNER_SANITIZE)
    add_compile_options(-fsanitize=${RUNNER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${RUNNER_SANITIZE})
endif()
