#!/usr/bin/env bash
# Builds vLLM against the PyTorch that is there, and leaves its wheel in a folder. What it is built for
# (VLLM_TARGET_DEVICE, MAX_JOBS, TORCH_CUDA_ARCH_LIST and so on) comes in the environment.
# usage: vllm.sh VERSION FOLDER [REQUIREMENTS…]
#   REQUIREMENTS   files of vLLM with what its build needs besides
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
bash "${here}/checkout.sh" --tag "v$1" https://github.com/vllm-project/vllm.git /tmp/vllm
cd /tmp/vllm
# PyTorch and Triton of the image stay, so no other versions of them may be asked for.
python3 use_existing_torch.py
find requirements -name '*.txt' -exec sed -i -E '/^triton *[=<>~]/d' {} +
# Later versions have a file for each kind of device.
build=requirements/build.txt
if [[ ! -f "${build}" ]]; then
    build="requirements/build/${VLLM_TARGET_DEVICE}.txt"
fi
options=(-r "${build}")
for file in "${@:3}"; do
    options+=(-r "${file}")
done
bash "${here}/install.sh" "${options[@]}"
SETUPTOOLS_SCM_PRETEND_VERSION="$1" \
    python3 -m pip wheel --no-build-isolation --no-deps --wheel-dir "$2" .
rm -rf /tmp/vllm
