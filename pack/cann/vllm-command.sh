#!/usr/bin/env bash
# Stands in for the command vllm, which the build has renamed: sets up CANN and allocates with jemalloc.
# shellcheck source=/dev/null
source /usr/local/lib/ascend-environment.sh run
LD_PRELOAD="/usr/lib/$(uname -m)-linux-gnu/libjemalloc.so.2${LD_PRELOAD:+:${LD_PRELOAD}}"
export LD_PRELOAD
exec "$0.real" "$@"
