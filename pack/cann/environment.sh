#!/usr/bin/env bash
# Sets up what programs need to find CANN and what stands on it, as far as it is installed.
# usage: source environment.sh [build]
#   build   also finds the library that stands in for the driver's, which a machine without NPUs lacks

set_up_ascend() {
    # The vendor's scripts are not written for a shell that stops at errors; they take no arguments of ours either.
    local - script
    set +eu
    for script in \
        /usr/local/Ascend/ascend-toolkit/set_env.sh \
        /usr/local/Ascend/nnal/atb/set_env.sh \
        /usr/local/Ascend/*/bisheng_toolkit/set_env.sh \
        /usr/local/Ascend/mindie/set_env.sh \
        /usr/local/Ascend/atb-models/set_env.sh; do
        if [[ -f "${script}" ]]; then
            # shellcheck source=/dev/null
            source "${script}"
        fi
    done
    return 0
}

set_up_ascend
unset -f set_up_ascend
if [[ "$1" == "build" ]]; then
    devlib="/usr/local/Ascend/ascend-toolkit/latest/$(uname -m)-linux/devlib"
    export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+${LD_LIBRARY_PATH}:}${devlib}"
    unset devlib
fi
