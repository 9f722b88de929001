"""What stand-ins share: the record, and the two ways to fail."""
import fcntl
import json
import os
import sys

LOG = "/rehearsal/log"
ENVIRONMENT = "/rehearsal/environment"
NOISE = {"PWD", "OLDPWD", "SHLVL", "_", "BASH_ENV"}


class Unknown(Exception):
    """A use that the stand-in does not know."""


class Failure(Exception):
    """What the real command would refuse too, with its exit code."""

    def __init__(self, message, code=1):
        super().__init__(message)
        self.code = code


def environment():
    return {k: v for k, v in os.environ.items() if k not in NOISE and not k.startswith("REHEARSAL_")}


def write(entry):
    with open(LOG, "a", encoding="utf-8") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        log.write(json.dumps(entry, sort_keys=True) + "\n")


def begin(_arguments):
    """The start of a RUN: keeps its environment, so that a command's own additions can be told apart."""
    with open(ENVIRONMENT, "w", encoding="utf-8") as file:
        json.dump(environment(), file)
    write({"run": environment()})


def folder():
    """The working folder; a script may have removed it, which many commands do not mind."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return "(removed)"


def command(name, arguments, **more):
    """Writes down a command: its words, folder, and the variables that the script has set for it."""
    try:
        with open(ENVIRONMENT, encoding="utf-8") as file:
            before = json.load(file)
    except FileNotFoundError:
        before = {}
    added = {k: v for k, v in environment().items() if before.get(k) != v}
    write({"argv": [name, *arguments], "cwd": folder(), "env": added, **more})


def say(text):
    print(f"rehearsal: {text}", file=sys.stderr)
