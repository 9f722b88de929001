"""Which values the arguments are tried with."""
import re

# Where a made-up value would not do.
VALUES = {
    "PYTHON_VERSION": ["3.13"],
    "CMAKE_MAX_JOBS": ["1"],
    "CANN_ARCHS": ["a3", "310p"],
    "CUDA_ARCHS": ["9.9"],
    "ROCM_ARCHS": ["gfx942"],
    "CUDA_VERSION": ["13.0.7"],
    "VLLM_TORCH_CUDA_VERSION": ["13.0.7"],
    "VOXBOX_TORCH_CUDA_VERSION": ["13.0.7"],
    "ROCM_VERSION": ["6.4.7"],
    "VLLM_TORCH_ROCM_VERSION": ["6.4.7"],
    "VLLM_TORCH_SOURCE": ["radeon"],
    "VLLM_NVIDIA_HPCX_VERSION": ["2.97.1_cuda13"],
    # The second of each has no published wheel and is built from its source.
    "VLLM_FLASHATTENTION_VERSION": ["9.7.3", "0.0.9"],
    "VLLM_FLASHINFER_VERSION": ["9.7.3", "0.0.9"],
    # PyPI's list, as the rehearsal has it, knows this one.
    "VLLM_ASCEND_VERSION": ["0.97.0rc7"],
    "SGLANG_KERNEL_VERSION": ["9.97.3"],
}
# Arguments that reach a command only beside others: PyTorch 1 brings no Triton, so that it is built.
BESIDE = {"VLLM_TRITON_COMMIT": {"VLLM_TORCH_VERSION": "1.97.0"}}


def values(name, default):
    """The values to try an argument with, none of them the default."""
    if name in VALUES:
        return VALUES[name]
    if name.endswith("_COMMIT"):
        return ["feedc0de"]
    if name.endswith("_BASE_IMAGE"):
        return ["rehearsal.example/base:97"]
    if name.endswith("_VERSION_EXTRA"):
        return ["-rehearsed97"]
    if re.fullmatch(r"\d[\w.]*", default):
        return [re.sub(r"\d+(?=\D*$)", "97", default, count=1)]
    return ["rehearsed97"]
