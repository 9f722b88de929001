# Shared by the scripts of this folder. Sourced, not run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { echo "runner-console: $*" >&2; }
fail() {
    say "$*"
    exit 1
}

cache_folder() { echo "${XDG_CACHE_HOME:-$HOME/.cache}/runner-console"; }

# debian-12, debian-13, ubuntu-24.04, or what /etc/os-release says.
distribution() {
    (
        ID=unknown VERSION_ID=
        # shellcheck source=/dev/null
        [ -r /etc/os-release ] && . /etc/os-release
        echo "$ID-$VERSION_ID"
    )
}

# Names of the given packages that are not installed, one a line.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done
}
