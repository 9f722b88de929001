"""apt-get and its kin: what would be installed, from which archives."""
import os
import re

import record
import state
from options import parse
from record import Failure, Unknown

LISTS = "/var/lib/apt/lists"

# What commands a package brings that scripts use afterwards. Before it is installed there is no such command.
COMMANDS_OF = {
    "aria2": ["aria2c"], "build-essential": ["make", "gcc", "g++", "cc", "bzip2", "xz", "patch"],
    "bzip2": ["bzip2"], "ccache": ["ccache"], "clang": ["clang", "clang++"], "cmake": ["cmake"], "curl": ["curl"],
    "devscripts": ["debuild"], "dkms": ["dkms"], "file": ["file"], "git": ["git"], "git-lfs": ["git-lfs"],
    "gnupg": ["gpg"], "jq": ["jq"], "locales": ["locale-gen"], "make": ["make"], "ninja-build": ["ninja"],
    "patch": ["patch"], "pciutils": ["lspci"], "pkg-config": ["pkg-config"],
    "software-properties-common": ["add-apt-repository"], "tini": ["tini"], "unzip": ["unzip"], "wget": ["wget"],
    "xz-utils": ["xz"],
}


def apt_get(arguments, name="apt-get"):
    record.command(name, arguments)
    found, operands = parse(arguments, values=("-o", "-c", "-t"), flags=(
        "-y", "--yes", "-q", "-qq", "--no-install-recommends", "--fix-missing", "--allow-downgrades", "--purge",
        "--auto-remove", "--allow-change-held-packages", "--reinstall", "-f", "--only-upgrade"))
    action, names = (operands or [""])[0], operands[1:]
    if action == "update" and not names:
        state.write_file(f"{LISTS}/archive_Packages", "")
    elif action == "install":
        if not os.path.exists(f"{LISTS}/archive_Packages"):
            raise Failure("Unable to locate package: the lists were not fetched", 100)
        if not {"-y", "--yes"} & found.keys():
            raise Failure("nobody is there to answer the question; -y is missing", 1)
        for package in names:
            install(package)
    elif action in ("clean", "autoclean", "autoremove", "purge", "remove", "upgrade"):
        if action == "clean" and os.path.isdir("/var/cache/apt/archives"):
            for file in os.listdir("/var/cache/apt/archives"):
                os.remove(f"/var/cache/apt/archives/{file}")
    else:
        raise Unknown(f"the action {action!r} is not known here")


def install(package):
    if "/" in package:
        if not os.path.exists(package):
            raise Failure(f"Unsupported file {package} given on commandline", 100)
        return
    if not re.fullmatch(r"[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?(=\S+)?", package):
        raise Failure(f"Unable to locate package {package}", 100)
    package = package.split("=")[0]
    for command in COMMANDS_OF.get(package, []):
        state.add_command(command)
    if re.fullmatch(r"python\d\.\d+", package):
        if not state.has_mark("archive-deadsnakes"):
            raise Failure(f"Unable to locate package {package}", 100)
        state.link(f"/usr/bin/{package}", state.LIB)
    elif match := re.fullmatch(r"python(\d\.\d+)-venv", package):
        state.mark(f"venv-{match[1]}")
    elif match := re.fullmatch(r"(gcc|g\+\+|gfortran|clang|lld|llvm)-(\d+)", package):
        state.write_file(f"/usr/bin/{package}", "", executable=True)
        if match[1] == "clang":
            state.write_file(f"/usr/bin/clang++-{match[2]}", "", executable=True)
    elif package == "libjemalloc2" or package == "libjemalloc-dev":
        state.write_file(f"/usr/lib/{state.machine()}-linux-gnu/libjemalloc.so.2", "")


def add_apt_repository(arguments):
    record.command("add-apt-repository", arguments)
    _, operands = parse(arguments, flags=("-y", "--yes", "-n", "--no-update"))
    if operands == ["ppa:deadsnakes/ppa"]:
        state.mark("archive-deadsnakes")
    elif operands != ["ppa:ubuntu-toolchain-r/test"]:
        raise Unknown("that archive is not known here")


def update_alternatives(arguments):
    """Makes the links as the real one does: command -> /etc/alternatives/name -> path."""
    record.command("update-alternatives", arguments)
    rest = list(arguments)
    while rest:
        action = rest.pop(0)
        if action in ("--install", "--slave"):
            count = 4 if action == "--install" else 3
            where, name, path = rest[:3]
            if not os.path.exists(path):
                raise Failure(f"error: alternative path {path} doesn't exist", 2)
            state.link(where, f"/etc/alternatives/{name}")
            state.link(f"/etc/alternatives/{name}", path)
            rest = rest[count:]
        elif action == "--set":
            name, path = rest[:2]
            if not os.path.lexists(f"/etc/alternatives/{name}"):
                raise Failure(f"error: no alternatives for {name}", 2)
            state.link(f"/etc/alternatives/{name}", path)
            rest = rest[2:]
        else:
            raise Unknown(f"the action {action} is not known here")


def dpkg(arguments):
    """Installs files for the record only; comparing versions and the like is left to the real one."""
    if not set(arguments) & {"-i", "--install"}:
        os.execv(f"{state.REAL}/dpkg", ["dpkg", *arguments])
    record.command("dpkg", arguments)
    _, files = parse(arguments, flags=("-i", "--install", "--force-all"))
    for file in files:
        if not os.path.exists(file):
            raise Failure(f"error: cannot access archive '{file}': No such file or directory", 2)


COMMANDS = {
    "apt-get": apt_get, "apt": lambda arguments: apt_get(arguments, "apt"),
    "add-apt-repository": add_apt_repository, "update-alternatives": update_alternatives, "dpkg": dpkg,
}
