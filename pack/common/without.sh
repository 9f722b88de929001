#!/usr/bin/env bash
# Prints names, one a line, except those that are to be left out. A name to leave out that is not among them is a
# mistake, and an error.
# usage: without.sh [--without NAME…] -- NAME…
set -eo pipefail

declare -A left_out=()
if [[ "$1" == "--without" ]]; then
    shift
    while [[ "$1" != "--" ]]; do
        left_out["$1"]=1
        shift
    done
fi
if [[ "$1" != "--" ]]; then
    echo "Unknown option: $1" >&2
    exit 2
fi
shift
for name in "$@"; do
    if [[ -n "${left_out[${name}]}" ]]; then
        unset "left_out[${name}]"
    else
        echo "${name}"
    fi
done
if (( ${#left_out[@]} > 0 )); then
    echo "Nothing to leave out: ${!left_out[*]}" >&2
    exit 1
fi
