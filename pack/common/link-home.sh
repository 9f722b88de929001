#!/usr/bin/env bash
# Gives a folder its name without the version: some vendors install into NAME-VERSION only. The newest one counts.
# usage: link-home.sh FOLDER
set -eo pipefail

if [[ -e "$1" ]]; then
    exit 0
fi
found="$(find "$(dirname "$1")" -maxdepth 1 -type d -name "$(basename "$1")-*" | sort -V | tail -n 1)"
if [[ -z "${found}" ]]; then
    echo "There is neither $1 nor a folder like it." >&2
    exit 1
fi
ln -s "${found}" "$1"
