#!/usr/bin/env bash
# Prints the LLVM targets that one component is compiled for, with semicolons between them: those asked for, as far as
# the component knows them, or all that it knows. Prints nothing where it knows none of those asked for. What "all" does
# not know, no component does with this version of ROCm, and it is refused.
# usage: archs.sh all|flashattention|cdna "${ROCM_ARCHS}" ROCM_VERSION
#        archs.sh sglang "${ROCM_ARCHS}" ROCM_VERSION     one target alone, since SGLang's kernels are built for one
#   cdna   AITER and MORI
# The notes in matrix.yml tell users the same lists.
set -eo pipefail

asked="${2//[;,]/ }"
since7=""
if dpkg --compare-versions "$3" ge 7.0; then
    since7=1
fi

case "$1" in
    all)
        known="gfx908 gfx90a gfx942${since7:+ gfx950}"
        known+=" gfx1030 gfx1100${since7:+ gfx1101 gfx1200 gfx1201 gfx1150 gfx1151}"
        ;;
    flashattention) known="gfx90a gfx942 ${since7:+gfx950}" ;;
    cdna) known="gfx942 ${since7:+gfx950}" ;;
    sglang)
        known="gfx942 ${since7:+gfx950}"
        # MI300 with ROCm 6, MI350 with ROCm 7.
        asked="${asked:-$([[ -n "${since7}" ]] && echo gfx950 || echo gfx942)}"
        ;;
    *)
        echo "Unknown component: $1" >&2
        exit 2
        ;;
esac

chosen=()
for target in ${asked:-${known}}; do
    if [[ " ${known} " == *" ${target} "* ]]; then
        chosen+=("${target}")
    elif [[ "$1" == "all" ]]; then
        echo "ROCM_ARCHS is '$2', but there is no ${target} with ROCm $3; there are ${known}." >&2
        exit 1
    fi
done
if [[ "$1" == "sglang" ]] && (( ${#chosen[@]} != 1 )); then
    echo "SGLang's kernels are built for one of gfx942 and gfx950, but ROCM_ARCHS is '$2'." >&2
    exit 1
fi
(IFS=';'; echo "${chosen[*]}")
