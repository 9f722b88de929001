"""Small commands of the system whose effect a rehearsal does not need, and those that must not tell machines apart."""
import os

import record
from options import parse
from record import Failure, Unknown


def recorded(name):
    def run(arguments):
        record.command(name, arguments)
    return run


def nproc(arguments):
    """The same on every machine: 16."""
    if arguments:
        raise Unknown("only without arguments")
    print(16)


def sha256sum(arguments):
    """Checks that the file is there and writes down what it would be compared with."""
    found, operands = parse(arguments, flags=("-c", "--check", "--strict", "--quiet", "--status", "-w"))
    if not {"-c", "--check"} & found.keys() or len(operands) > 1:
        raise Unknown("only --check with one list")
    source = operands[0] if operands and operands[0] != "-" else "/dev/stdin"
    with open(source, encoding="utf-8") as file:
        lines = file.read().splitlines()
    record.command("sha256sum", arguments, input=lines)
    if not lines:
        raise Failure("no properly formatted checksum lines found")
    for line in lines:
        digest, _, name = line.partition(" ")
        if len(digest) != 64 or not os.path.exists(name.strip(" *")):
            raise Failure(f"{name.strip(' *')}: FAILED open or read")


def gpg(arguments):
    """A key is a file that holds its fingerprint: --dearmor copies it, --show-keys tells it."""
    record.command("gpg", arguments)
    found, files = parse(arguments, values=("--output", "-o"), flags=(
        "--dearmor", "--yes", "--batch", "--show-keys", "--with-colons"))
    for file in files:
        if not os.path.exists(file):
            raise Failure(f"can't open '{file}': No such file or directory", 2)
    with open(files[0], encoding="utf-8") as opened:
        fingerprint = opened.read().strip()
    if "--dearmor" in found:
        target = (found.get("--output") or found.get("-o"))[0]
        if os.path.dirname(target) and not os.path.isdir(os.path.dirname(target)):
            raise Failure(f"can't create '{target}': No such file or directory", 2)
        with open(target, "w", encoding="utf-8") as opened:
            opened.write(fingerprint)
    elif "--show-keys" in found:
        print(f"fpr:::::::::{fingerprint}:")
    else:
        raise Unknown("only --dearmor and --show-keys")


def gpgv(arguments):
    """A signature over a file, with a key that is there."""
    record.command("gpgv", arguments)
    found, files = parse(arguments, values=("--keyring",))
    for file in (*found.get("--keyring", []), *files):
        if not os.path.exists(file):
            raise Failure(f"can't open '{file}': No such file or directory", 2)


COMMANDS = {name: recorded(name) for name in ("locale-gen", "ldconfig", "ccache", "chsh", "systemctl")}
COMMANDS |= {"nproc": nproc, "sha256sum": sha256sum, "gpg": gpg, "gpgv": gpgv}
