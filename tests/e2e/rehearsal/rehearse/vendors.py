"""What the images that Dockerfiles begin with have: the part of them that a script can notice.

Versions in ${…} are those of the Dockerfile's own arguments: the vendor's image is taken to hold what it is used for.
"""

from rehearse import described

_TORCH = {"torch": "${VLLM_TORCH_VERSION}"}
_VLLM = {"vllm": "${VLLM_VERSION}"}
_SGLANG = {"sglang": "${SGLANG_VERSION}"}
_SET_ENV = "export ASCEND_HOME_PATH=/usr/local/Ascend/ascend-toolkit/latest\n"

VENDORS = described.with_vendors({
    "cann": {
        "ubuntu": "22.04", "python": "${PYTHON_VERSION}", "distributions": {"setuptools": "65.5.0"},
        "files": {"/usr/local/Ascend/ascend-toolkit/set_env.sh": _SET_ENV,
                  "/usr/local/Ascend/nnal/atb/set_env.sh": "export ATB_HOME_PATH=/usr/local/Ascend/nnal/atb/latest\n"}},
    "corex": {
        "ubuntu": "20.04", "python": "${PYTHON_VERSION}", "distributions": {**_TORCH, **_VLLM},
        "files": {"/usr/local/corex-${COREX_VERSION}/bin/ixsmi": ""}},
    "cuda": {
        "ubuntu": "22.04", "files": {"/usr/local/cuda/bin/nvcc": ""}},
    "dtk": {
        "ubuntu": "22.04", "python": "${PYTHON_VERSION}", "distributions": {**_TORCH, **_VLLM},
        "files": {"/opt/dtk-${DTK_VERSION}/env.sh": "export ROCM_PATH=/opt/dtk\n", "/opt/hyhal-1.0/bin/hy-smi": ""}},
    "hggc": {
        "ubuntu": "22.04", "python": "${PYTHON_VERSION}", "distributions": {**_TORCH, **_VLLM, **_SGLANG},
        "files": {"/etc/apt/sources.list": "deb http://mirrors.cloud.aliyuncs.com/ubuntu jammy main\n",
                  "/usr/local/PPU_SDK/include/hggc.h": "#define HGGC_VERSION ${HGGC_NUMBER}\n"}},
    "maca": {
        "ubuntu": "22.04", "python": "${PYTHON_VERSION}", "python_folder": "/opt/conda/bin",
        "distributions": {**_TORCH, **_VLLM, **_SGLANG}, "files": {"/opt/maca-${MACA_VERSION}/bin/mx-smi": ""}},
    "musa": {
        "ubuntu": "22.04", "python": "${PYTHON_VERSION}", "distributions": {**_TORCH, **_VLLM, **_SGLANG},
        "files": {"/usr/local/musa-${MUSA_VERSION}/bin/musa_version_query": ""}},
    "rocm": {
        "ubuntu": "22.04", "python": "3.10", "pip": False,
        "files": {"/opt/rocm/share/amd_smi/pyproject.toml": '[project]\nname = "amdsmi"\n'}},
})


def hggc_number(version):
    """The SDK writes X.Y.Z as one number: X * 1000 + Y * 10 + Z."""
    major, minor, patch = (int(part) for part in (version.split(".") + ["0", "0"])[:3])
    return str(major * 1000 + minor * 10 + patch)


def vendor(backend, arguments):
    """The description for a backend, with the arguments' values put in."""
    values = dict(arguments)
    if "HGGC_VERSION" in values:
        values["HGGC_NUMBER"] = hggc_number(values["HGGC_VERSION"])

    def put_in(value):
        if isinstance(value, dict):
            return {put_in(key): put_in(each) for key, each in value.items()}
        if isinstance(value, str):
            for name, text in values.items():
                value = value.replace("${%s}" % name, text)
        return value

    return put_in(VENDORS[backend])
