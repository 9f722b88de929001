#!/usr/bin/env bash
# Builds LMCache against the PyTorch that is there, and leaves its wheel in a folder. What it is built for (MAX_JOBS,
# TORCH_CUDA_ARCH_LIST, BUILD_WITH_HIP and so on) comes in the environment.
# usage: lmcache.sh VERSION FOLDER
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
bash "${here}/checkout.sh" --tag "v$1" https://github.com/LMCache/LMCache.git /tmp/lmcache
cd /tmp/lmcache
# The PyTorch of the image stays, so no other version of it may be asked for.
find . -maxdepth 2 \( -name pyproject.toml -o -path './requirements/*.txt' \) \
    -exec sed -i -E 's/^torch *[=<>~].*/torch/; s/"torch *[=<>~][^"]*"/"torch"/' {} +
SETUPTOOLS_SCM_PRETEND_VERSION="$1" \
    python3 -m pip wheel --no-build-isolation --no-deps --wheel-dir "$2" .
rm -rf /tmp/lmcache
