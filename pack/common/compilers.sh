#!/usr/bin/env bash
# GCC 11 where the distribution is too old to bring it, and Clang where it is asked for: the distribution's own after
# Ubuntu 22.04, else version 15.
# usage: compilers.sh [--clang]
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
release="$(. /etc/os-release; echo "${VERSION_ID}")"

if dpkg --compare-versions "${release}" lt 21.04; then
    bash "${here}/apt-install.sh" gcc-11 g++-11 gfortran-11
    for tool in gcc g++ gfortran; do
        update-alternatives --install "/usr/bin/${tool}" "${tool}" "/usr/bin/${tool}-11" 20
    done
fi

if [[ "$1" != "--clang" ]]; then
    exit 0
fi
if dpkg --compare-versions "${release}" gt 22.04; then
    bash "${here}/apt-install.sh" clang
else
    bash "${here}/apt-install.sh" clang-15
    for tool in clang clang++; do
        update-alternatives --install "/usr/bin/${tool}" "${tool}" "/usr/bin/${tool}-15" 20
    done
fi
