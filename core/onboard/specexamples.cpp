#include "onboard/spec.h"

namespace runner::onboard {

std::string backendExample()
{
    return R"spec(# A backend to be onboarded:   runnerctl onboard backend --spec FILE.yml [--write]

# As in tags and below pack/: lower-case letters and digits, a letter first and last.
id: neuware
# What the support table calls it, and its short title: "Neuware Version (Variant)". Without a title the name counts.
name: Cambricon Neuware
title: Neuware
# The folder of the toolkit inside the images.
home: /usr/local/neuware

# Versions to pack, in full. The first one is the Dockerfile's default; each gets a rule of its own.
versions: ["4.1.0"]
# Python of the runtime image.
python: "3.10"

# What the runtime image begins with: the vendor's image, or a public one. ${NAME} refers to an argument.
base_image: gpustack/runner:neuware${NEUWARE_VERSION}${NEUWARE_VERSION_EXTRA}-python${PYTHON_VERSION}-vanilla

# Product lines with images of their own: the argument that names them, and for each its part of the tag and what the
# table shows. Leave both out where there are none.
variant_arg: NEUWARE_ARCHS
variants:
  mlu590: MLU590

platforms: [linux/amd64, linux/arm64]

# Services, and how each gets into its image:
#   contained   the base image holds it; the build fails where its version is another one
#   packages    it is installed from the Python package index
#   own-stages  by stages that you write: Dockerfile text below `stages`, the last stage called as the service
# `package` is its Python package where that has another name; `base_image` another image than the runtime one.
# Further versions get rules of their own. A service that the matrix does not know yet needs a `name`.
services:
  - id: vllm
    versions: ["0.11.0"]
    installation: contained

# Further arguments, named after the backend or a service: required (with a default), optional, or placeholder (declared,
# and used by nothing).
arguments:
  - name: NEUWARE_VERSION_EXTRA
    need: optional
    default: ""
    comment: What the name of the vendor's image has behind the version.
  - name: VLLM_TORCH_VERSION
    need: placeholder
    default: "2.7.1"
    comment: Version of PyTorch. It comes with the vendor's image.

# Remarks above the backend's section of the support table: note or warning.
notes:
  - kind: note
    text: "Neuware 4.1 supports the MLU590."
)spec";
}

std::string serviceExample()
{
    return R"spec(# A service to be onboarded:   runnerctl onboard service --spec FILE.yml [--write]

service:
  # As in tags, and as its stage is called: lower-case letters and digits, a letter first and last.
  id: tei
  # The column of the support table.
  name: TEI
  # The first one is the Dockerfile's default; further ones get rules of their own.
  versions: ["1.8.3"]
  # How it gets into its image:
  #   contained   the base image holds it; the build fails where its version is another one
  #   packages    it is installed from the Python package index, as `package` where that has another name
  #   own-stages  by stages that you write; those below a backend count there, else those here
  # `base_image` is another image than the backend's runtime one; ${TEI_BASE_IMAGE} refers to either.
  installation: own-stages

# The backends that get it. For each may be said
#   versions    of the backend (default: the one that the Dockerfile has)
#   variants    of the backend (default: all)
#   platforms   (default: those of the backend's first rule)
#   base_image, stages   instead of those of the service
backends:
  - backend: cuda
    versions: ["12.9.1"]
    platforms: [linux/amd64]
    stages: |
      # Stage tei-build: the router of Text Embeddings Inference, which is written in Rust.
      FROM ${TEI_BASE_IMAGE} AS tei-build
      SHELL ["/bin/bash", "-eo", "pipefail", "-c"]

      ARG TARGETPLATFORM
      ARG TARGETOS
      ARG TARGETARCH
      ARG CMAKE_MAX_JOBS
      ARG TEI_VERSION
      ARG TEI_RUST_VERSION

      RUN --mount=type=bind,from=common,target=/common <<EOF
          bash /common/checkout.sh --tag "v${TEI_VERSION}" \
              https://github.com/huggingface/text-embeddings-inference.git /tmp/tei
          bash /common/fetch.sh https://sh.rustup.rs /tmp/rustup-init
          export RUSTUP_HOME=/tmp/rustup CARGO_HOME=/tmp/cargo
          sh /tmp/rustup-init -y --no-modify-path --profile minimal --default-toolchain "${TEI_RUST_VERSION}"
          mkdir -p /workspace
          CARGO_BUILD_JOBS="$(bash /common/jobs.sh "${CMAKE_MAX_JOBS}" 8)" \
              /tmp/cargo/bin/cargo install --path /tmp/tei/router --features candle-cuda --root /workspace
          bash /common/clean.sh
      EOF

      # Stage tei: the router alone.
      FROM ${TEI_BASE_IMAGE} AS tei
      SHELL ["/bin/bash", "-eo", "pipefail", "-c"]

      ARG TARGETPLATFORM
      ARG TARGETOS
      ARG TARGETARCH

      COPY --from=tei-build /workspace/bin/text-embeddings-router /usr/local/bin/

      WORKDIR /
      ENTRYPOINT [ "tini", "--" ]
  - backend: rocm
    stages: |
      # Stage tei-build: the router of Text Embeddings Inference, which hands models to its server in Python.
      FROM ${TEI_BASE_IMAGE} AS tei-build
      SHELL ["/bin/bash", "-eo", "pipefail", "-c"]

      ARG TARGETPLATFORM
      ARG TARGETOS
      ARG TARGETARCH
      ARG CMAKE_MAX_JOBS
      ARG TEI_VERSION
      ARG TEI_RUST_VERSION

      RUN --mount=type=bind,from=common,target=/common <<EOF
          bash /common/checkout.sh --tag "v${TEI_VERSION}" \
              https://github.com/huggingface/text-embeddings-inference.git /tmp/tei
          bash /common/fetch.sh https://sh.rustup.rs /tmp/rustup-init
          export RUSTUP_HOME=/tmp/rustup CARGO_HOME=/tmp/cargo
          sh /tmp/rustup-init -y --no-modify-path --profile minimal --default-toolchain "${TEI_RUST_VERSION}"
          mkdir -p /workspace
          CARGO_BUILD_JOBS="$(bash /common/jobs.sh "${CMAKE_MAX_JOBS}" 8)" \
              /tmp/cargo/bin/cargo install --path /tmp/tei/router --no-default-features --features http,python \
              --root /workspace
          bash /common/clean.sh
      EOF

      # Stage tei: the router alone.
      FROM ${TEI_BASE_IMAGE} AS tei
      SHELL ["/bin/bash", "-eo", "pipefail", "-c"]

      ARG TARGETPLATFORM
      ARG TARGETOS
      ARG TARGETARCH

      COPY --from=tei-build /workspace/bin/text-embeddings-router /usr/local/bin/

      WORKDIR /
      ENTRYPOINT [ "tini", "--" ]

# Further arguments, named after the service: required (with a default), optional, or placeholder (declared, and used by
# nothing).
arguments:
  - name: TEI_RUST_VERSION
    need: required
    default: "1.90.0"
    comment: Version of Rust that the router is compiled with.
)spec";
}

} // namespace runner::onboard
