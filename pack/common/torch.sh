#!/usr/bin/env bash
# Installs PyTorch, torchvision and torchaudio of one kind, and makes sure that it is that kind: a PyTorch for other
# devices would go unnoticed until the first request.
# usage: torch.sh cpu VERSION
#        torch.sh cuda VERSION CUDA_VERSION
#        torch.sh rocm VERSION ROCM_VERSION pytorch|radeon     whose build: that of pytorch.org, or AMD's own
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
series="$(cut -d. -f1,2 <<< "$3")"

case "$1:$4" in
    cpu:)
        # For arm64 the one on PyPI has no CUDA either.
        wanted=""
        if [[ "$(uname -m)" == "x86_64" ]]; then
            wanted="cpu"
            source=(--extra-index-url https://download.pytorch.org/whl/cpu)
        fi
        ;;
    cuda:)
        wanted="cu${series/./}"
        source=(--extra-index-url "https://download.pytorch.org/whl/${wanted}")
        ;;
    rocm:pytorch)
        wanted="rocm${series}"
        source=(--extra-index-url "https://download.pytorch.org/whl/${wanted}")
        ;;
    rocm:radeon)
        wanted="rocm${series}"
        # AMD leaves out a last part of 0.
        source=(--find-links "https://repo.radeon.com/rocm/manylinux/rocm-rel-${3%.0}/")
        ;;
    *)
        echo "PyTorch comes for cpu, for cuda, and for rocm from pytorch or radeon; asked for: $*" >&2
        exit 2
        ;;
esac

# A build for a kind of device has a longer version than the same one on PyPI, so it counts as newer.
uv pip install "torch==$2" torchvision torchaudio "${source[@]}"

found="$(bash "${here}/version.sh" torch)"
if [[ -n "${wanted}" && "${found#*+}" != "${wanted}"* ]]; then
    echo "There is no PyTorch $2 for ${wanted}: ${found} came instead." >&2
    exit 1
fi
