"""Calls of docker and buildx in the sandbox."""
import json
import subprocess


class BuildError(Exception):
    """A build that failed; the text is the end of what it printed."""


def run(arguments):
    """Runs docker with an argument vector; returns what it printed on both streams."""
    done = subprocess.run(["docker", *arguments], text=True, errors="replace", check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        end = "\n".join(done.stdout.splitlines()[-60:])
        raise BuildError(f"docker {' '.join(arguments[:2])} ended with {done.returncode}:\n{end}")
    return done.stdout


def has_image(name):
    return subprocess.run(["docker", "image", "inspect", name], check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def image_config(name):
    return json.loads(run(["image", "inspect", name]))[0]["Config"]


def can_build(architecture):
    """Whether the sandbox's daemon runs programs of an architecture (arm64 on amd64: through an emulator)."""
    return f"linux/{architecture}" in run(["buildx", "inspect"])


def build(context, dockerfile, *, target, architecture, contexts=None, arguments=None, output=None, tag=None,
          more=()):
    """One `docker buildx build` without any network. output: what --output takes; tag: load it under this name."""
    vector = ["buildx", "build", "--progress", "plain", "--provenance=false", "--network", "none",
              "--platform", f"linux/{architecture}", "--target", target, "--file", dockerfile]
    for name, source in (contexts or {}).items():
        vector += ["--build-context", f"{name}={source}"]
    for name, value in (arguments or {}).items():
        vector += ["--build-arg", f"{name}={value}"]
    if output:
        vector += ["--output", output]
    if tag:
        vector += ["--load", "--tag", tag]
    return run([*vector, *more, context])
