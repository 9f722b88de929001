#!/usr/bin/env bash
# Prints the compute capabilities that one component is compiled for: those asked for, or a list of its own, which
# depends on the version of CUDA.
# usage: archs.sh all|flashinfer|experts "${CUDA_ARCHS}" CUDA_VERSION
#   all       vLLM and LMCache; the notes in matrix.yml tell users the same lists
#   experts   DeepGEMM and DeepEP
set -eo pipefail

if [[ -n "$2" ]]; then
    echo "$2"
    exit 0
fi

before() { dpkg --compare-versions "$1" lt "$2"; }

if before "$3" 12.8; then
    all="7.5 8.0+PTX 8.9 9.0+PTX"
    flashinfer="7.5 8.0 8.9 9.0a"
    experts="9.0a+PTX"
elif before "$3" 12.9; then
    all="7.5 8.0+PTX 8.9 9.0 10.0+PTX 12.0+PTX"
    flashinfer="7.5 8.0 8.9 9.0a 10.0a 12.0a"
    experts="9.0a 10.0a+PTX"
else
    all="7.5 8.0+PTX 8.9 9.0 10.0 10.3 12.0 12.1+PTX"
    flashinfer="7.5 8.0 8.9 9.0a 10.0a 10.3a 12.0a"
    experts="9.0a 10.0a+PTX 10.3"
fi

case "$1" in
    all) echo "${all}" ;;
    flashinfer) echo "${flashinfer}" ;;
    experts) echo "${experts}" ;;
    *)
        echo "Unknown component: $1" >&2
        exit 2
        ;;
esac
