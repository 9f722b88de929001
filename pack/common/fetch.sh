#!/usr/bin/env bash
# Downloads one file over HTTPS, and compares its SHA-256 where one is known. FILE is there once it is whole and right;
# until then it is FILE.part, which no failure leaves behind.
# usage: fetch.sh [--sha256 HEX | --sums URL] URL FILE
#   --sha256   the checksum
#   --sums     where its publisher keeps checksums: lines of HEX and name, of which the one for URL's last part counts,
#              or one HEX alone
# exit status: 4 where there is nothing at URL (HTTP 404), 1 for every other failure. Who can do without the file lets
# the first one pass alone: fetch.sh URL FILE || [[ $? == 4 ]]
set -eo pipefail

# $1 into the file $2. 4: the server has none.
download() {
    local answer
    answer="$(curl --proto '=https' -fsSL --retry 3 -w '%{http_code}' -o "$2" "$1")" && return
    rm -f "$2"
    [[ "${answer}" != 404 ]] || return 4
    return 1
}

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
        download "$2" "${sums}" || exit 1
        expected="$(listed "$(basename "$3")" < "${sums}")"
        rm "${sums}"
        if [[ ! "${expected}" =~ ^[0-9a-fA-F]{64}$ ]]; then
            echo "$2 has no single checksum for $(basename "$3")." >&2
            exit 1
        fi
        shift 2
        ;;
esac

download "$1" "$2.part"
if [[ -n "${expected}" ]] && ! sha256sum --check --status <<< "${expected}  $2.part"; then
    echo "$1 has the SHA-256 $(sha256sum "$2.part" | cut -d' ' -f1), not ${expected}." >&2
    rm "$2.part"
    exit 1
fi
mv "$2.part" "$2"
