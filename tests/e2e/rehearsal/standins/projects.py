"""What a checkout holds, as far as Dockerfiles touch it: by the last part of a repository's address.

A project is {path: text}; "distribution" is the name of the package that is built at "." or in the named folders.
"""
from artifacts import script

_TORCH = "torch==2.0\nnumpy\n"


def _python(name, requires=""):
    return f'[project]\nname = "{name}"\ndependencies = [\n{requires}]\n'


def _vllm():
    files = {
        "pyproject.toml": _python("vllm"), "setup.py": "",
        "use_existing_torch.py": "# rehearsal: use-existing-torch\n",
    }
    for name in ("build", "common", "cuda", "rocm"):
        files[f"requirements/{name}.txt"] = f"{_TORCH}triton==3.0\n"
    return files


def _sglang():
    folder = "python/sglang/srt/layers/moe/fused_moe_triton/configs"
    files = {
        "python/pyproject.toml": _python("sglang"), "python/pyproject_other.toml": _python("sglang"),
        "python/pyproject_npu.toml": _python("sglang"), "python/setup.py": "",
        "sgl-kernel/pyproject.toml": _python("sgl-kernel"), "sgl-kernel/pyproject_rocm.toml": _python("sgl-kernel"),
        "sgl-kernel/setup_rocm.py": "# rehearsal: setup\n",
        "sgl-model-gateway/bindings/python/pyproject.toml": _python("sglang-router"),
    }
    for device in ("MI300X", "MI325X"):
        files[f"{folder}/E=8,device_name=AMD_Instinct_{device}.json"] = "{}\n"
    return files


PROJECTS = {
    "vllm": _vllm(),
    "sglang": _sglang(),
    "vllm-omni": {"pyproject.toml": _python("vllm-omni", '  "fa3-fwd==0.0.1",\n'),
                  "requirements/cuda.txt": "fa3-fwd==0.0.1\n", "requirements/common.txt": "numpy\n"},
    "vllm-ascend": {"pyproject.toml": _python("vllm-ascend"), "setup.py": "", "requirements.txt": _TORCH},
    "LMCache": {"pyproject.toml": _python("lmcache", '  "torch==2.0",\n'), "setup.py": "",
                "requirements/common.txt": _TORCH, "requirements/build.txt": _TORCH},
    "flash-attention": {"setup.py": "", "pyproject.toml": _python("flash-attn")},
    "flashinfer": {"pyproject.toml": _python("flashinfer-python"),
                   "flashinfer-jit-cache/pyproject.toml": _python("flashinfer-jit-cache"),
                   "flashinfer-cubin/pyproject.toml": _python("flashinfer-cubin")},
    "DeepGEMM": {"setup.py": "", "pyproject.toml": _python("deep_gemm")},
    "DeepEP": {"setup.py": "", "pyproject.toml": _python("deep_ep"),
               "csrc/kernels/configs.cuh": "#define NUM_CPU_TIMEOUT_SECS 100\n"
                                           "#define NUM_TIMEOUT_CYCLES 200000000000ull\n"},
    "gdrcopy": {"packages/build-deb-packages.sh": script("gdrcopy-packages"), "README.md": ""},
    "triton": {"setup.py": "", "pyproject.toml": _python("triton")},
    "aiter": {"setup.py": "", "pyproject.toml": _python("amd-aiter"),
              "requirements.txt": "pandas\nflydsl==0.0.1.dev1\n"},
    "mori": {"setup.py": "jobs = os.cpu_count()\n", "pyproject.toml": _python("amd_mori")},
    "Mooncake": {"CMakeLists.txt": "", "dependencies.sh": script("mooncake-dependencies") + "GOVER=1.23.8\n",
                 "scripts/build_wheel.sh": script("mooncake-wheel") + "# --exclude libcuda.so* \n",
                 "mooncake-wheel/pyproject.toml": _python("mooncake-transfer-engine")},
    "fast-hadamard-transform": {"setup.py": "", "pyproject.toml": _python("fast-hadamard-transform")},
    "sgl-kernel-npu": {"build.sh": script("kernel-npu"), "pyproject.toml": _python("sgl-kernel-npu")},
}
