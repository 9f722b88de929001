#!/usr/bin/env bash
# Leaves the Triton for Ascend alone in the image. On amd64, packages that ask for Triton bring the one for CUDA, and
# its files lie where those of the other one do.
# usage: settle-triton.sh     with pack/common at /common
set -eo pipefail

if [[ -n "$(bash /common/version.sh triton)" ]]; then
    uv pip uninstall triton
    uv pip install --reinstall --no-deps "triton-ascend==$(bash /common/version.sh triton-ascend)" \
        --extra-index-url https://mirrors.huaweicloud.com/ascend/repos/pypi
fi
