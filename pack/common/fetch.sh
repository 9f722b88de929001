#!/usr/bin/env bash
# Downloads one file over HTTPS, and compares its SHA-256 where one is known. A file that differs is removed.
# usage: fetch.sh [--sha256 HEX | --sums URL] URL FILE
#   --sha256   the checksum
#   --sums     where its publisher keeps checksums: lines of HEX and name, of which the one for URL's last part counts,
#              or one HEX alone
set -eo pipefail

download() { curl --proto '=https' -fsSL --retry 3 -o "$2" "$1"; }

# The checksum of the file named $1 in a list on standard input; names may have "*" or folders before them.
listed() {
    awk -v name="$1" '{ file = $NF; sub(/^\*/, "", file); sub(/.*\//, "", file) } NF == 1 || file == name { print $1 }'
}

expected=""
case "$1" in
    --sha256)
        expected="$2"
        shift 2
        ;;
    --sums)
        sums="$4.sums"
        download "$2" "${sums}"
        expected="$(listed "$(basename "$3")" < "${sums}")"
        rm "${sums}"
        if [[ ! "${expected}" =~ ^[0-9a-fA-F]{64}$ ]]; then
            echo "$2 has no single checksum for $(basename "$3")." >&2
            exit 1
        fi
        shift 2
        ;;
esac

download "$1" "$2"
if [[ -n "${expected}" ]] && ! sha256sum --check --status <<< "${expected}  $2"; then
    echo "$1 has the SHA-256 $(sha256sum "$2" | cut -d' ' -f1), not ${expected}." >&2
    rm "$2"
    exit 1
fi
