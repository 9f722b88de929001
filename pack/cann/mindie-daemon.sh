#!/usr/bin/env bash
# Stands in for MindIE's daemon, which the build has renamed: sets up CANN, and sends the logs where those of a
# container are looked for. What is set already stays as it is.
# shellcheck source=/dev/null
source /usr/local/lib/ascend-environment.sh run

default() {
    if [[ -z "${!1}" ]]; then
        declare -gx "$1=$2"
    fi
}

default MIES_INSTALL_PATH "$(dirname "$(dirname "$(readlink -f "$0")")")"

# Every part of MindIE has switches of its own, and some count levels: 0 is debug, 3 is error.
for part in MINDIE MINDIE_LLM MINDIE_LLM_PYTHON MIES_CERTS ATB ASDOPS OCK; do
    default "${part}_LOG_TO_STDOUT" 1
    default "${part}_LOG_TO_FILE" 0
done
default MINDIE_LOG_LEVEL INFO
default MIES_CERTS_LOG_LEVEL INFO
default MINDIE_LLM_LOG_LEVEL WARN
default MINDIE_LLM_PYTHON_LOG_LEVEL WARN
for part in ATB ASDOPS OCK; do
    default "${part}_LOG_LEVEL" ERROR
done
default ASCEND_GLOBAL_LOG_LEVEL 3
default ASCEND_SLOG_PRINT_TO_STDOUT 1
default MINDIE_RT_LOG_LEVEL 3
default MINDIE_RT_LOG_PRINT_TO_STDOUT 1
default MINDIE_RT_LOG_PRINT_TO_FILE 0

exec "$0.real" "$@"
