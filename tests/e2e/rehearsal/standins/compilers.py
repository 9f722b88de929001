"""Compilers and build tools: what they were called with; what they would leave behind where a later line takes it."""
import os
import shutil

import packages
import record
import state
from options import parse
from record import Failure, Unknown


def recorded(name):
    def run(arguments):
        record.command(name, arguments)
    return run


def cmake(arguments):
    if arguments == ["--version"]:
        print("cmake version 3.31.7")
        return
    record.command("cmake", arguments)
    if arguments[:1] == ["--build"]:
        if not os.path.exists(f"{arguments[1]}/CMakeCache.txt"):
            raise Failure("Error: could not load cache")
    elif arguments[:1] == ["--install"]:
        if not os.path.exists(f"{arguments[1]}/CMakeCache.txt"):
            raise Failure(f"Error: not a file: {arguments[1]}/cmake_install.cmake")
    else:
        configure(arguments)


def configure(arguments):
    definitions = [word for word in arguments if word.startswith("-D") and len(word) > 2]
    found, words = parse([word for word in arguments if word not in definitions], values=("-S", "-B", "-G", "-D"))
    source = found.get("-S", words or ["."])[0]
    if not os.path.exists(f"{source}/CMakeLists.txt"):
        raise Failure(f'The source directory "{source}" does not appear to contain CMakeLists.txt.')
    state.write_file(f"{found.get('-B', ['.'])[0]}/CMakeCache.txt", "")


def maturin(arguments):
    record.command("maturin", arguments)
    if not shutil.which("cargo"):
        raise Failure("cargo is not installed")
    if arguments[:1] != ["build"]:
        raise Unknown("only build")
    found, _ = parse(arguments[1:], flags=("--release", "-r", "--strip"),
                     values=("--out", "-o", "--features", "-F", "--interpreter", "-i", "-m"))
    folder = os.getcwd()
    packages.write_wheel((found.get("--out") or found.get("-o") or ["target/wheels"])[0],
                         packages.project_name(folder), packages.project_version(folder))


COMMANDS = {name: recorded(name) for name in (
    "make", "ninja", "gcc", "g++", "cc", "c++", "clang", "clang++", "hipcc", "nvcc", "cargo", "rustc", "go",
    "debuild", "dkms", "lspci")}
COMMANDS |= {"cmake": cmake, "maturin": maturin}
