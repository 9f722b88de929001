#!/usr/bin/env bash
# Installs packages of the distribution without what they merely recommend; no package lists stay behind.
# usage: apt-install.sh PACKAGE…
set -eo pipefail

export DEBIAN_FRONTEND=noninteractive
apt-get update -y
apt-get install -y --no-install-recommends "$@"
apt-get clean
rm -rf /var/lib/apt/lists/*
