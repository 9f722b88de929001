#!/usr/bin/env bash
# What C and C++ code is built with and against: make, Ninja, ccache, CMake as Kitware publishes it, and libraries.
# usage: c-kit.sh [--without PACKAGE…]
#   --without   packages that this backend's image cannot have or gets from elsewhere, to the end of the line
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
cmake=3.31.7

mapfile -t packages < <(bash "${here}/without.sh" "$@" -- \
    ccache make ninja-build pkg-config \
    ffmpeg libblas-dev libbz2-dev libffi-dev libgdbm-dev libgl1-mesa-dev libgrpc++-dev libgrpc-dev libhdf5-dev \
    libibumad-dev libibverbs-dev libjemalloc-dev libjpeg-dev liblapack-dev liblzma-dev libncurses-dev libnl-3-dev \
    libnl-route-3-dev libnuma-dev libopenblas-dev libopenmpi-dev libpng-dev libprotobuf-dev librdmacm-dev \
    libreadline-dev libsqlite3-dev libssl-dev libtiff-dev libtool libwebp-dev libxml2-dev libxslt1-dev openmpi-bin \
    protobuf-compiler protobuf-compiler-grpc tk-dev uuid-dev zlib1g-dev)
bash "${here}/apt-install.sh" "${packages[@]}"

release="https://github.com/Kitware/CMake/releases/download/v${cmake}"
name="cmake-${cmake}-linux-$(uname -m).tar.gz"
bash "${here}/fetch.sh" --sums "${release}/cmake-${cmake}-SHA-256.txt" "${release}/${name}" "/tmp/${name}"
tar -xzf "/tmp/${name}" -C /usr/local --strip-components=1
rm "/tmp/${name}"
cmake --version
