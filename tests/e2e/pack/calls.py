#!/usr/bin/env python3
"""Has BuildKit check every target of pack/*/Dockerfile, and tell every argument with what it is for.

usage: calls.py SOURCE_DIR     exit 77: skipped, the sandbox does not start here
The images that a Dockerfile begins with are replaced by an empty one: nothing is pulled and nothing is built.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

EMPTY = "pack-calls-empty:latest"
INSIDE = "PACK_CALLS_INSIDE"


def output(*command):
    """Standard output of a command; without one it has to succeed. (A check that warns fails, and has one.)"""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode and not done.stdout:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return done.stdout


def expand(text, values):
    while (expanded := re.sub(r"\$\{(\w+)\}", lambda name: values.get(name.group(1), ""), text)) != text:
        text = expanded
    return text


class Dockerfile:
    def __init__(self, path):
        self.path = path
        text = path.read_text()
        before_stages = text.split("\nFROM ")[0]
        self.arguments = dict(re.findall(r"^ARG (\w+)=?(.*)$", before_stages, re.MULTILINE))
        stages = re.findall(r"^FROM (\S+) AS (\S+)$", text, re.MULTILINE)
        self.targets = [name for _, name in stages]
        self.images = sorted({expand(base, self.arguments) for base, _ in stages} - set(self.targets))

    def call(self, what, target):
        """The answer to --call=WHAT for a target, as a dictionary."""
        command = ["docker", "buildx", "build", f"--call={what},format=json", "--target", target,
                   "--file", str(self.path), "--build-context", f"common={self.path.parent.parent}/common"]
        for image in self.images:
            command += ["--build-context", f"{image}=docker-image://{EMPTY}"]
        return json.loads(output(*command, str(self.path.parent)))


def findings(dockerfile):
    told = {}
    warnings = set()
    for target in dockerfile.targets:
        for warning in dockerfile.call("check", target).get("warnings") or []:
            line = (warning.get("location", {}).get("ranges") or [{"start": {"line": 1}}])[0]["start"]["line"]
            warnings.add(f"{dockerfile.path}:{line}: {warning['ruleName']}: {warning['detail']}")
        for argument in dockerfile.call("outline", target).get("args") or []:
            told[argument["name"]] = argument.get("description") or told.get(argument["name"], "")
    yield from sorted(warnings)
    for name in dockerfile.arguments:
        if not told.get(name):
            yield f"{dockerfile.path}: --call=outline does not tell what {name} is for"


def make_empty_image():
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "Dockerfile").write_text("FROM scratch\nLABEL empty=yes\n")
        output("docker", "buildx", "build", "--provenance=false", "--load", "--tag", EMPTY, folder)


def inside(root):
    make_empty_image()
    found = []
    dockerfiles = [Dockerfile(path) for path in sorted((root / "pack").glob("*/Dockerfile"))]
    for dockerfile in dockerfiles:
        found += findings(dockerfile)
    targets = sum(len(dockerfile.targets) for dockerfile in dockerfiles)
    print("\n".join(found) or f"{targets} targets of {len(dockerfiles)} Dockerfiles are clean")
    return 1 if found or not targets else 0


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    if os.environ.get(INSIDE):
        return inside(root)
    done = subprocess.run([str(root / "scripts/sandbox"), "run", sys.executable, __file__, str(root)],
                          env=dict(os.environ, **{INSIDE: "1"}))
    if done.returncode == 77:
        print("skipped: the sandbox cannot run here")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
