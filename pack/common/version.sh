#!/usr/bin/env bash
# Prints the version of an installed Python package, or nothing where there is none.
# usage: version.sh DISTRIBUTION
set -eo pipefail

python3 -c 'import sys; from importlib.metadata import distributions, version
names = {(each.metadata["Name"] or "").lower().replace("_", "-") for each in distributions()}
print(version(sys.argv[1]) if sys.argv[1] in names else "")' "$1"
