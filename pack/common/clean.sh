#!/usr/bin/env bash
# Removes what a step leaves behind and no image needs: package lists and archives, caches, temporary files.
# usage: clean.sh
set -eo pipefail

rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb /var/tmp/* /tmp/* "${HOME}/.cache"
