#!/usr/bin/env bash
# Prints how many compilers may run at a time: the number given, or half of the processors; at least one, at most the
# limit, since some components need so much memory a file that more would not fit.
# usage: jobs.sh "${CMAKE_MAX_JOBS}" LIMIT
set -eo pipefail

jobs="$1"
if [[ ! "${jobs}" =~ ^[0-9]*$ ]]; then
    echo "CMAKE_MAX_JOBS is '${jobs}', which is no whole number." >&2
    exit 1
fi
jobs="${jobs:+$((10#${jobs:-0}))}"
if [[ -z "${jobs}" ]]; then
    jobs="$(( $(nproc) / 2 ))"
fi
if (( jobs < 1 )); then
    jobs=1
fi
if (( jobs > $2 )); then
    jobs="$2"
fi
echo "${jobs}"
