#!/usr/bin/env bash
# Builds the router of SGLang, which is written in Rust, and leaves its wheel in a folder. Rust does not stay.
# usage: router.sh COMMIT JOBS FOLDER
set -eo pipefail

here="$(dirname "$(readlink -f "$0")")"
rustup=1.28.2
rust=1.90.0

release="https://static.rust-lang.org/rustup/archive/${rustup}/$(uname -m)-unknown-linux-gnu/rustup-init"
bash "${here}/fetch.sh" --sums "${release}.sha256" "${release}" /tmp/rustup-init
chmod +x /tmp/rustup-init
export RUSTUP_HOME=/tmp/rustup CARGO_HOME=/tmp/cargo CARGO_BUILD_JOBS="$2"
/tmp/rustup-init -y --no-modify-path --profile minimal --default-toolchain "${rust}"
export PATH="${CARGO_HOME}/bin:${PATH}"

uv pip install "maturin<2"
bash "${here}/checkout.sh" --commit "$1" https://github.com/sgl-project/sglang.git /tmp/sglang-router
cd /tmp/sglang-router/sgl-model-gateway/bindings/python
maturin build --release --features vendored-openssl --out "$3"
cd /
rm -rf /tmp/sglang-router /tmp/rustup-init "${RUSTUP_HOME}" "${CARGO_HOME}"
uv pip uninstall maturin
