#!/usr/bin/env bash
# Adds an archive of Launchpad to apt's sources. Its key comes from a key server that fails now and then, hence three
# tries.
# usage: add-archive.sh ppa:OWNER/NAME
set -eo pipefail

for attempt in 1 2 3; do
    if add-apt-repository -y "$1"; then
        rm -rf /var/lib/apt/lists/*
        exit 0
    fi
    echo "Attempt ${attempt} to add $1 failed." >&2
    sleep "$((attempt * 2))"
done
exit 1
