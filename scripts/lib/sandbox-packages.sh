# shellcheck shell=bash
# Fetches a Docker daemon, BuildKit's client, a registry and what they need into a folder, without installing anything
# and without touching the machine's apt configuration. Sourced by scripts/sandbox.
# Needs: SANDBOX_HOME. Sets nothing; writes SANDBOX_HOME/root.

archive_address() {
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -m1 '/debian/\?$'
}

archive_keyring() {
    local keyring
    for keyring in /usr/share/keyrings/debian-archive-keyring.gpg /usr/share/keyrings/debian-archive-keyring.pgp; do
        [ -f "$keyring" ] && { echo "$keyring"; return 0; }
    done
    return 1
}

# write_apt_configuration APT_DIR SUITE…
write_apt_configuration() {
    local apt=$1 suite address keyring
    shift
    address=$(archive_address) || fail "apt names no Debian archive; the sandbox takes its programs from there"
    keyring=$(archive_keyring) || fail "the Debian archive's keyring is missing; install debian-archive-keyring"
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    for suite in "$@"; do
        echo "deb [signed-by=$keyring] $address $suite main"
    done >"$apt/sources.list"
    cat >"$apt/apt.conf" <<EOF
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::Lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Sandbox::User "root";
APT::Get::List-Cleanup "false";
EOF
}

# download_and_unpack APT_DIR SUITE TARGET PACKAGE…: the packages alone, not what they depend on.
download_and_unpack() {
    local apt=$1 suite=$2 target=$3 package debs
    shift 3
    debs=$(mktemp -d "$apt/debs.XXXXXX")
    for package in "$@"; do
        (cd "$debs" && APT_CONFIG="$apt/apt.conf" apt-get -qq download "$package/$suite") || return 1
    done
    mkdir -p "$target"
    for package in "$debs"/*.deb; do
        dpkg-deb -x "$package" "$target" || return 1
    done
    rm -rf "$debs"
}

daemon_programs_work() {
    local root=$1
    "$root/usr/sbin/dockerd" --version >&2 && "$root/usr/bin/containerd" --version >&2 \
        && "$root/usr/libexec/docker/cli-plugins/docker-buildx" version >&2 && "$root/usr/bin/docker" --version >&2
}

# The newest suite whose programs start on this machine's C library.
fetch_daemon() {
    local apt=$1 target=$2 suite
    for suite in sid forky trixie; do
        rm -rf "$target"
        if APT_CONFIG="$apt/apt.conf" download_and_unpack "$apt" "$suite" "$target" docker.io docker-buildx containerd docker-cli \
            && daemon_programs_work "$target" 2>/dev/null; then
            echo "$suite" >"$target/suite"
            return 0
        fi
    done
    return 1
}

# Everything into SANDBOX_HOME/root, all or nothing.
fetch_programs() {
    local apt=$SANDBOX_HOME/apt fresh=$SANDBOX_HOME/root.new
    [ -f "$SANDBOX_HOME/root/complete" ] && return 0
    say "fetching a Docker daemon and a registry (once, about 130 MB)"
    write_apt_configuration "$apt" sid forky trixie bookworm
    APT_CONFIG="$apt/apt.conf" apt-get -qq update || fail "the package lists could not be fetched; is the network there?"
    fetch_daemon "$apt" "$fresh" || fail "no suite has a Docker daemon that runs on this machine"
    download_and_unpack "$apt" bookworm "$fresh" runc docker-registry busybox-static \
        || fail "runc, docker-registry or busybox-static could not be fetched"
    fetch_emulator "$apt" bookworm "$fresh" || say "the emulator for linux/arm64 could not be fetched"
    touch "$fresh/complete"
    rm -rf "$SANDBOX_HOME/root" "$apt"
    mv "$fresh" "$SANDBOX_HOME/root"
}
