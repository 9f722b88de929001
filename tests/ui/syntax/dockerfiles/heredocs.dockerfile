# syntax=docker/dockerfile:1
# VLLM_VERSION  REQUIRED     Version of vLLM.
# CUDA_ARCHS    OPTIONAL     Empty: all.

ARG VLLM_VERSION=0.17.1
ARG IMAGE=nvidia/cuda:${VLLM_VERSION:-0.1}-devel "quoted $IMAGE" PLAIN
FROM --platform=$TARGETPLATFORM ${IMAGE} AS runtime
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]

RUN <<EOF
    # a comment with an ' apostrophe
    apt-get install -y --no-install-recommends \
        git "python${PYTHON_VERSION}"
    if [[ -n "${CUDA_ARCHS}" ]]; then
        echo "EOF is not the end here" > /tmp/x
    fi
EOF
WORKDIR /
RUN --mount=type=bind,from=common,target=/common <<-"END OF SCRIPT"
	export A=1
	cat > /etc/x <<INNER
RUN is text here
INNER
	END OF SCRIPT
ENTRYPOINT [ "tini", "--" ]
RUN bash -e <<'EOS' && echo done
for f in *.whl; do pip install "$f"; done
EOS
RUN python3 - <<EOP
import os
print(f"{os.name}")
EOP
RUN --network=none <<EOP python3
for name in ["a"]: print(name)
EOP
COPY --chown=0:0 <<one.txt <<-"two" /target/
First, with ${VLLM_VERSION}.
one.txt
	Second, with ${VLLM_VERSION} as it is.
	two
COPY . /after
