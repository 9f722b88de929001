#!/usr/bin/env bash
# Writes down what an image is, a line an argument.
# usage: describe.sh TEXT…
set -eo pipefail

printf '%s\n' "$@" > /description
