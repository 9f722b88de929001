#!/usr/bin/env bash
# Checks out a repository with its submodules, at a tag or at a commit.
# usage: checkout.sh --tag TAG | --commit COMMIT URL FOLDER
set -eo pipefail

case "$1" in
    --tag)
        git clone --depth 1 --branch "$2" --recurse-submodules --shallow-submodules "$3" "$4"
        ;;
    --commit)
        # A server need not give out a commit by its short name, so the history comes along, without the files.
        git clone --filter=blob:none "$3" "$4"
        git -C "$4" checkout "$2"
        git -C "$4" submodule update --init --recursive
        ;;
    *)
        echo "Neither --tag nor --commit: $1" >&2
        exit 2
        ;;
esac
