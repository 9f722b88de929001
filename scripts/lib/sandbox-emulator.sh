# shellcheck shell=bash
# Lets the sandbox's daemon build linux/arm64 on an amd64 machine: QEMU's user emulator, told to the kernel as long as
# the sandbox runs. Sourced by scripts/sandbox.
# Needs: SANDBOX_HOME, ROOT, RUN, ID. Without a kernel that takes it the daemon builds for its own platform alone.

EMULATOR=rsbx$ID-aarch64

# with_binfmt COMMAND…: runs it in the kernel's table of binary formats, which is mounted for it alone.
with_binfmt() {
    mkdir -p "$RUN/binfmt"
    # shellcheck disable=SC2016
    unshare --mount --propagation private bash -c '
        mount -t binfmt_misc binfmt_misc "$1" && cd "$1" && shift && "$@"' - "$RUN/binfmt" "$@" 2>/dev/null
}

emulator_is_registered() { [ -d "$RUN" ] && with_binfmt test -f "$EMULATOR"; }

# Prints the commands that register it, for the namespace of the daemon: newer kernels forget the table when nobody has
# it mounted any more. The pattern is the head of an ELF file for AArch64: class, byte order, version, any type, and
# the machine, 183. Flags: keep argv[0], open the program now (so that containers need not have it), use its rights.
emulator_registration() {
    local magic='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
    local mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
    local program=$ROOT/usr/bin/qemu-aarch64-static
    [ -x "$program" ] || return 0
    cat <<EOF
mkdir -p $RUN/binfmt
if mount -t binfmt_misc binfmt_misc $RUN/binfmt; then
    [ ! -f $RUN/binfmt/$EMULATOR ] || echo -1 >$RUN/binfmt/$EMULATOR
    printf %s ':$EMULATOR:M::$magic:$mask:$program:POCF' >$RUN/binfmt/register || true
fi
EOF
}

# Older kernels remember it although the daemon is gone.
unregister_emulator() {
    [ -d "$RUN" ] || return 0
    # shellcheck disable=SC2016
    with_binfmt bash -c 'test ! -f "$1" || echo -1 >"$1"' - "$EMULATOR" || true
}

# fetch_emulator APT_DIR SUITE TARGET: one program out of the package, which has one for every machine.
fetch_emulator() {
    local apt=$1 suite=$2 target=$3 debs
    [ "$(uname -m)" = x86_64 ] || return 0
    debs=$(mktemp -d "$apt/debs.XXXXXX")
    (cd "$debs" && APT_CONFIG="$apt/apt.conf" apt-get -qq download "qemu-user-static/$suite") || return 1
    dpkg-deb --fsys-tarfile "$debs"/*.deb | tar -x -C "$target" ./usr/bin/qemu-aarch64-static || return 1
    rm -rf "$debs"
}
