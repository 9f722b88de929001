#!/usr/bin/env bash
# Locale, time zone, the archive with newer compilers, and the tools to work and to look around with.
# usage: system.sh [--without PACKAGE…]
#   --without   packages that this backend's image cannot have, to the end of the line
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"

# The locale that the image announces is not there yet, so this step speaks C.
export LC_ALL=C
bash "${here}/apt-install.sh" ca-certificates gnupg locales software-properties-common tzdata
locale-gen en_US.UTF-8
ln -snf /usr/share/zoneinfo/Asia/Shanghai /etc/localtime
echo "Asia/Shanghai" > /etc/timezone
bash "${here}/add-archive.sh" ppa:ubuntu-toolchain-r/test

mapfile -t packages < <(bash "${here}/without.sh" "$@" -- \
    aria2 bc binutils build-essential curl dnsutils git git-lfs htop ifstat infiniband-diags ipmitool iproute2 \
    iputils-ping jq net-tools pciutils procps rdma-core rdmacm-utils sysstat tini tree unzip vim wget xz-utils)
bash "${here}/apt-install.sh" "${packages[@]}"
