#!/usr/bin/env bash
# Builds vLLM-Omni and leaves its wheel in a folder. The devices it is for come as VLLM_OMNI_TARGET_DEVICE.
# usage: omni.sh [--without-fa3] COMMIT FOLDER
#   --without-fa3   does not ask for FlashAttention 3, which is there for CUDA on amd64 only
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
without_fa3=""
if [[ "$1" == "--without-fa3" ]]; then
    without_fa3=1
    shift
fi

bash "${here}/checkout.sh" --commit "$1" https://github.com/vllm-project/vllm-omni.git /tmp/vllm-omni
cd /tmp/vllm-omni
if [[ -n "${without_fa3}" ]]; then
    find . -maxdepth 2 \( -name pyproject.toml -o -path './requirements/*.txt' \) -exec sed -i '/fa3/d' {} +
fi
python3 -m pip wheel --no-build-isolation --no-deps --wheel-dir "$2" .
rm -rf /tmp/vllm-omni
