#!/usr/bin/env bash
# Installs Python packages and leaves PyTorch, which was chosen with care, at the version that is there.
# usage: install.sh ARGUMENT…     the arguments are those of "uv pip install"
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
constraints=/tmp/constraints.txt
trap 'rm -f "${constraints}"' EXIT
true > "${constraints}"
for name in torch torchvision torchaudio; do
    found="$(bash "${here}/version.sh" "${name}")"
    if [[ -n "${found}" ]]; then
        echo "${name}==${found}" >> "${constraints}"
    fi
done
uv pip install --constraint "${constraints}" "$@"
