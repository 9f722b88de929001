"""Where things are, and which images there are to rehearse."""
import os

from rehearse import described

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
PACK = f"{ROOT}/pack"
COMMON = f"{PACK}/common"
GOLDEN = f"{HERE}/golden"

# The targets of each backend and the architectures that its images are published for.
_BOTH, _ONE = ("amd64", "arm64"), ("amd64",)
TARGETS = described.with_targets({
    "cann": {"runtime": _BOTH, "mindie": _BOTH, "vllm": _BOTH, "sglang": ("arm64",)},
    "corex": {"runtime": _ONE, "vllm": _ONE},
    "cuda": {"runtime": _BOTH, "voxbox": _BOTH, "vllm": _BOTH, "sglang": _BOTH},
    "dtk": {"runtime": _ONE, "vllm": _ONE},
    "hggc": {"runtime": _ONE, "vllm": _ONE, "sglang": _ONE},
    "maca": {"runtime": _ONE, "vllm": _ONE, "sglang": _ONE},
    "musa": {"runtime": _ONE, "vllm": _ONE, "sglang": _ONE},
    "rocm": {"runtime": _ONE, "vllm": _ONE, "sglang": _ONE},
})


def dockerfile_path(backend):
    return f"{PACK}/{backend}/Dockerfile"


def architectures(backend):
    return sorted({each for found in TARGETS[backend].values() for each in found})


def targets(backend, architecture):
    return [name for name, found in TARGETS[backend].items() if architecture in found]


def golden_path(backend, target, architecture):
    suffix = "" if architecture == "amd64" else f".{architecture}"
    return f"{GOLDEN}/{backend}/{target}{suffix}.txt"


def own_targets(backend, architecture):
    """The targets that are built for this architecture alone."""
    return [name for name, found in TARGETS[backend].items() if found == (architecture,)]
