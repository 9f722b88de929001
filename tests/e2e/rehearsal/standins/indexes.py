"""What a package index would answer: versions where none is asked for, and what a package brings along."""
import re

# Versions as of the day the images of this centre were released, where something looks at them.
NEWEST = {
    "ray": "2.49.0", "triton": "3.5.0", "transformers": "4.57.1", "onnxruntime": "1.23.2", "uv": "0.9.11",
    "maturin": "1.9.6", "cmake": "3.31.6", "ninja": "1.10.2.4", "setuptools": "79.0.1", "build": "1.3.0",
}
# PyTorch has asked for Triton since its version 2.
BRINGS = {
    "torch": ["triton", "numpy"], "vllm": ["transformers", "ray", "onnxruntime", "triton"],
    "sglang": ["transformers", "runai-model-streamer", "triton"], "modelscope": [], "mindie": [],
}
# Commands that a package brings: the stand-in of that name, or a plain file where there is none.
SCRIPTS = {"uv": ["uv", "uvx"], "maturin": ["maturin"], "cmake": ["cmake"], "ninja": ["ninja"], "pipx": ["pipx"],
           "vllm": [], "sglang": [], "build": []}
PLAIN_SCRIPTS = {"vllm": "vllm", "sglang": "sglang", "ray": "ray", "vox-box": "vox-box"}


def newest(name):
    return NEWEST.get(name, "1.0.0")


def first_allowed(name, specifiers):
    """A version that fits the specifiers, as an index with every version would give the newest one."""
    for operator, version in specifiers:
        if operator in ("==", "==="):
            return version.replace(".*", "") if ".*" in version else version
    for operator, version in specifiers:
        if operator == "<=":
            return version
        if operator == "~=":
            return version
    for operator, version in specifiers:
        if operator == ">=":
            return version
    return newest(name)


def local_label(name, addresses):
    """PyTorch's wheels say in their version which index they come from: +cu129, +rocm7.0, +cpu."""
    if name not in ("torch", "torchvision", "torchaudio"):
        return ""
    for address in addresses:
        if match := re.search(r"/whl/(cu\d+|rocm[\d.]+|cpu)/?$", address):
            return f"+{match[1]}"
        if match := re.search(r"/rocm-rel-([\d.]+)/?$", address):
            return f"+rocm{match[1]}"
    return ""


def module_text(name, label):
    """What `import NAME` gives: PyTorch tells what it was built for."""
    if name != "torch":
        return ""
    hip = label.removeprefix("+rocm") if label.startswith("+rocm") else None
    cuda = label.removeprefix("+cu") if label.startswith("+cu") else None
    return ("class version:\n    hip = %r\n    cuda = %r\n\n"
            "class _C:\n    _GLIBCXX_USE_CXX11_ABI = True\n\n"
            "def compiled_with_cxx11_abi():\n    return True\n" % (hip, cuda))
