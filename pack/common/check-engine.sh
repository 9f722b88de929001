#!/usr/bin/env bash
# Fails unless the service in the image has the version that the image's tag is going to say. What stands behind a "+"
# is the vendor's own and does not count. Prints what is installed, and what of its companions, for the log.
# usage: check-engine.sh DISTRIBUTION ARGUMENT "${ARGUMENT}" [COMPANION…]
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
found="$(bash "${here}/version.sh" "$1")"
if [[ -z "${found}" ]]; then
    echo "The image holds no $1, so it cannot be tagged with it." >&2
    exit 1
fi
if [[ "${found%%+*}" != "$3" ]]; then
    echo "The image holds $1 ${found}, but $2 is '$3'." >&2
    exit 1
fi
uv pip tree --package "$1"
for name in "${@:4}"; do
    echo "${name} $(bash "${here}/version.sh" "${name}")"
done
