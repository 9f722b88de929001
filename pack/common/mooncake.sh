#!/usr/bin/env bash
# Builds the Mooncake transfer engine and leaves its wheel in a folder.
# usage: mooncake.sh VERSION X.Y JOBS FOLDER [-DOPTION=VALUE…] [--exclude LIBRARY…]
#   X.Y         the version of Python
#   --exclude   libraries of the devices, which the wheel must not bring copies of
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
version="$1"
python="$2"
jobs="$3"
folder="$4"
shift 4
options=()
while [[ "$1" == -D* ]]; do
    options+=("$1")
    shift
done

bash "${here}/checkout.sh" --tag "v${version}" https://github.com/kvcache-ai/Mooncake.git /tmp/mooncake
cd /tmp/mooncake

# Mooncake would download Go by itself, but without a look at its checksum.
go="go$(sed -n 's/^GOVER=//p' dependencies.sh).linux-$(dpkg --print-architecture).tar.gz"
bash "${here}/fetch.sh" --sums "https://dl.google.com/go/${go}.sha256" "https://dl.google.com/go/${go}" "/tmp/${go}"
tar -xzf "/tmp/${go}" -C /usr/local
export PATH="/usr/local/go/bin:${PATH}"
bash dependencies.sh -y

if [[ "$1" == "--exclude" ]]; then
    sed -i "s/--exclude libcuda\.so\* /&$(printf -- '--exclude %s ' "${@:2}")/" scripts/build_wheel.sh
fi
cmake -S . -B build -DCMAKE_BUILD_TYPE=Release -DBUILD_UNIT_TESTS=OFF "${options[@]}"
cmake --build build --parallel "${jobs}"
cmake --install build
ldconfig
./scripts/build_wheel.sh "${python}"
cp mooncake-wheel/dist/*.whl "${folder}/"
rm -rf /tmp/mooncake
