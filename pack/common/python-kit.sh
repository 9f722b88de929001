#!/usr/bin/env bash
# What Python packages are built and installed with. The upper limits keep builds going that newer ones break.
# usage: python-kit.sh
set -eo pipefail

python3 -m pip install --no-cache-dir \
    build "cmake<4" Cython "ninja<1.11" "packaging<25" "pipx<=1.8.0" psutil "pybind11<3" \
    "setuptools>=77.0.3,<80" setuptools-scm "uv<=0.9.11" wheel==0.45.1
