"""What is behind the addresses that Dockerfiles download from. An address that is not listed is an error."""
import json
import re

import artifacts
from record import Unknown

STAND_IN = "/rehearsal/lib/run.py"
# The version of which there are no wheels, so that it has to be built from its source.
UNPUBLISHED = "0.0.9"


def cmake(match):
    folder = f"cmake-{match['version']}-linux-{match['machine']}"
    return artifacts.tarball({f"{folder}/share/cmake/README": ""}, {f"{folder}/bin/cmake": STAND_IN})


def cmake_sums(match):
    return "".join(f"{'c' * 63}{digit}  cmake-{match['version']}-linux-{machine}.tar.gz\n"
                   for digit, machine in enumerate(("x86_64", "aarch64"))).encode()


def one_sum(match):
    return ("d" * 64 + "\n").encode()


def go(match):
    return artifacts.tarball({"go/VERSION": ""}, {"go/bin/go": STAND_IN})


def nvshmem_list(match):
    """NVIDIA's list of a release: for each platform and CUDA where the archive is, and its checksum."""
    entries = {}
    for platform in ("linux-x86_64", "linux-sbsa"):
        entries[platform] = {
            f"cuda{cuda}": {"sha256": "e" * 64, "relative_path": f"libnvshmem/{platform}/libnvshmem-{platform}-"
                            f"{match['version']}_cuda{cuda}-archive.tar.xz"} for cuda in (12, 13)}
    return json.dumps({"libnvshmem": {"version": match["version"], **entries}}).encode()


def archive(files):
    """A tarball with one folder, named after the file, that holds the files given."""
    def make(match):
        url = match.string
        folder = re.sub(r"\.(tar\.gz|tgz|tar\.xz|tbz|tar\.bz2)$", "", url.rsplit("/", 1)[1])
        compression = "xz" if url.endswith(".tar.xz") else "bz2" if url.endswith((".tbz", ".tar.bz2")) else "gz"
        return artifacts.tarball({f"{folder}/{path}": text for path, text in files.items()}, compression=compression)
    return make


def efa(match):
    return artifacts.tarball({"aws-efa-installer/efa_installer.sh": artifacts.script("efa-installer")})


def hpcx(match):
    """Published for one kind of drivers, so that the search is rehearsed."""
    if match["drivers"] == "doca_ofed":
        return archive({"ompi/bin/mpirun": "", "ucx/lib/libucp.so": "", "hpcx-init.sh": ""})(match)
    return None


def nothing(match):
    return None


def wheel(match):
    name, version = match.string.rsplit("/", 1)[1].split("-")[:2]
    return artifacts.wheel(name, version.replace("%2B", "+"))


def flash_attention(match):
    """Published for amd64 and one of the two C++ ABIs, so that the second try and the build are rehearsed too."""
    if match["abi"] == "TRUE" or match["machine"] != "x86_64" or match["version"] == UNPUBLISHED:
        return None
    return wheel(match)


def kernels(match):
    """Published for the first CANN of a series only, so that the search is rehearsed."""
    if not match["cann"].endswith(".0"):
        return None
    return artifacts.zipped({"sgl_kernel_npu-1.0.0-cp311-cp311-linux_aarch64.whl": artifacts.wheel("k", "1"),
                             "deep_ep-1.0.0-cp311-cp311-linux_aarch64.whl": artifacts.wheel("d", "1")})


def text(content):
    return lambda match: content.encode()


def jit_cache(match):
    """The versions that rules and rehearsals ask for; not the one that is not published."""
    versions = [f"{major}.{minor}.{patch}{post}" for major in (0, 9) for minor in range(1, 10) for patch in range(10)
                for post in ("", ".post1")]
    return "".join(f"<a>flashinfer_jit_cache-{version}+{match['cuda']}-cp39-abi3-manylinux_2_28_{machine}.whl</a>\n"
                   for version in versions for machine in ("x86_64", "aarch64")).encode()


def feed(match):
    """Newest first, as the index gives it."""
    versions = ("99.0.0", "0.17.0rc1", "0.16.1", "0.16.0rc2", "0.16.0rc1", "0.13.0", "0.11.0")
    return "".join(f"<item><title>{version}</title></item>\n" for version in versions).encode()


ADDRESSES = [
    (r"https://github\.com/Kitware/CMake/releases/download/v(?P<version>[\d.]+)/cmake-(?P=version)-linux-"
     r"(?P<machine>x86_64|aarch64)\.tar\.gz", cmake),
    (r"https://github\.com/Kitware/CMake/releases/download/v(?P<version>[\d.]+)/cmake-(?P=version)-SHA-256\.txt",
     cmake_sums),
    (r"https://(bootstrap\.pypa\.io|github\.com/pypa/get-pip/raw/[0-9a-f]{40}/public)/get-pip\.py",
     text("# rehearsal: get-pip\n")),
    (r"https://sh\.rustup\.rs", text(artifacts.script("rustup-init"))),
    (r"https://static\.rust-lang\.org/rustup/archive/[\d.]+/\w+-unknown-linux-gnu/rustup-init",
     text(artifacts.script("rustup-init"))),
    (r"https://static\.rust-lang\.org/rustup/archive/[\d.]+/\w+-unknown-linux-gnu/rustup-init\.sha256", one_sum),
    (r"https://dl\.google\.com/go/go[\d.]+\.linux-(amd64|arm64)\.tar\.gz", go),
    (r"https://dl\.google\.com/go/go[\d.]+\.linux-(amd64|arm64)\.tar\.gz\.sha256", one_sum),
    (r"https://repo\.radeon\.com/rocm/rocm\.gpg\.key", text("CA8BB4727A47B4D09B4EE8969386B48A1A693C5C")),
    (r"https://github\.com/Dao-AILab/flash-attention/releases/download/v(?P<version>[\w.]+)/flash_attn-(?P=version)"
     r"%2Bcu\d+torch[\d.]+cxx11abi(?P<abi>TRUE|FALSE)-cp(?P<py>\d+)-cp(?P=py)-linux_(?P<machine>\w+)\.whl",
     flash_attention),
    (r"https://flashinfer\.ai/whl/(?P<cuda>cu\d+)/flashinfer-jit-cache/", jit_cache),
    (r"https://developer\.download\.nvidia\.com/compute/nvshmem/redist/redistrib_(?P<version>[\d.]+)\.json",
     nvshmem_list),
    (r"https://developer\.download\.nvidia\.com/compute/nvshmem/redist/libnvshmem/linux-\w+/libnvshmem-linux-\w+-[\d.]+"
     r"_cuda\d+-archive\.tar\.xz", archive({"lib/libnvshmem.so": "", "include/nvshmem.h": ""})),
    (r"https://content\.mellanox\.com/hpc/hpc-x/v[\d.]+_cuda\d+/hpcx-v[\d.]+-gcc-(?P<drivers>doca_ofed|inbox)-"
     r"ubuntu22\.04-cuda\d+-\w+\.tbz", hpcx),
    (r"https://content\.mellanox\.com/hpc/hpc-x/v[\d.]+/hpcx-\S+\.tbz", nothing),
    (r"https://efa-installer\.amazonaws\.com/aws-efa-installer-[\d.]+\.tar\.gz", efa),
    (r"https://efa-installer\.amazonaws\.com/aws-efa-installer-[\d.]+\.tar\.gz\.sig", text("signature")),
    (r"https://efa-installer\.amazonaws\.com/aws-efa-installer\.key", text("4E9091BCBB97A96B26B15E59A05480B1DD2D3CCC")),
    (r"https://github\.com/sgl-project/whl/releases/download/v[\d.]+(post\d+)?/\S+\.whl", wheel),
    (r"https://github\.com/sgl-project/sgl-kernel-npu/releases/download/[\w.]+/sgl-kernel-npu-[\w.]+-torch[\d.]+-"
     r"py\d+-cann(?P<cann>[\w.]+)-(a3|910b|310p)-\w+\.zip", kernels),
    (r"https://sglang-ascend\.obs\.cn-east-3\.myhuaweicloud\.com/sglang/triton_ascend/"
     r"Ascend-BiSheng-toolkit_aarch64_\d+\.run", text(artifacts.script("bisheng"))),
    (r"https://pypi\.org/rss/project/vllm-ascend/releases\.xml", feed),
]


def content(url):
    """The bytes behind an address; None where the server would say that there is nothing."""
    for pattern, make in ADDRESSES:
        if match := re.fullmatch(pattern, url):
            return make(match)
    raise Unknown(f"what is behind {url} is not known; add it to addresses.py")
