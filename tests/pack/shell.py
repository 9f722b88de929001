#!/usr/bin/env python3
"""Every RUN of pack/*/Dockerfile is a heredoc, and bash and shellcheck have nothing to say of it; nor of the scripts.

usage: shell.py SOURCE_DIR     exit 77: skipped, shellcheck is missing
"""
import pathlib
import re
import shutil
import subprocess
import sys

PREDEFINED = ["TARGETPLATFORM", "TARGETOS", "TARGETARCH"]


def steps(text):
    """Yields for every RUN the number of its first line, the arguments that its stage has, and the heredoc's number and
    body; None for both where there is no heredoc."""
    lines = text.splitlines()
    arguments = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.startswith("FROM "):
            arguments = []
        if declared := re.match(r"ARG (\w+)", line):
            arguments.append(declared.group(1))
        if line.startswith("RUN "):
            first = number
            while lines[number].endswith("\\"):
                number += 1
            if not (word := re.search(r"<<'?(\w+)'?$", lines[number])):
                yield first + 1, arguments, None, None
            else:
                start = number + 1
                number = lines.index(word.group(1), start)
                yield first + 1, arguments, start + 1, "\n".join(lines[start:number]) + "\n"
        number += 1


def complaints(script, head=""):
    """What bash and shellcheck say of a script: pairs of line in the script, without the head, and message."""
    whole = (head + script).encode()
    shift = head.count("\n")
    parsed = subprocess.run(["bash", "-n"], input=whole, capture_output=True)
    for line in parsed.stderr.decode().splitlines():
        place = re.search(r"line (\d+): (.*)", line)
        yield (int(place.group(1)) - shift, place.group(2)) if place else (1, line)
    checked = subprocess.run(["shellcheck", "--shell=bash", "--format=gcc", "--exclude=SC1090,SC1091", "-"],
                             input=whole, capture_output=True)
    for line in checked.stdout.decode().splitlines():
        place = re.match(r"-:(\d+):\d+: (.*)", line)
        yield int(place.group(1)) - shift, place.group(2)


def of_dockerfile(path):
    for first, arguments, start, body in steps(path.read_text()):
        if body is None:
            yield first, "RUN without a heredoc"
            continue
        # The shell of the stages stops at errors, and a stage's arguments are in its environment.
        head = "set -eo pipefail\n" + "".join(f"export {name}\n" for name in PREDEFINED + arguments)
        for line, message in complaints(body, head):
            yield start + line - 1, message


def main():
    if not shutil.which("shellcheck"):
        print("skipped: shellcheck is missing")
        return 77
    assert list(complaints("if true; then\n")) and list(complaints("echo $unset $HOME\n")), "the check itself is broken"
    pack = pathlib.Path(sys.argv[1]) / "pack"
    found = []
    dockerfiles = sorted(pack.glob("*/Dockerfile"))
    scripts = sorted(pack.glob("*/*.sh"))
    for path in dockerfiles:
        found += [f"{path}:{line}: {message}" for line, message in of_dockerfile(path)]
    for path in scripts:
        found += [f"{path}:{line}: {message}" for line, message in complaints(path.read_text())]
    if not dockerfiles or not scripts:
        found.append(f"{pack}: there are {len(dockerfiles)} Dockerfiles and {len(scripts)} scripts")
    print("\n".join(found) or f"{len(dockerfiles)} Dockerfiles and {len(scripts)} scripts are clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
