"""git: a checkout with the files that scripts touch, and a copy of it to compare with."""
import filecmp
import os
import shutil

import record
import state
from options import parse
from projects import PROJECTS
from record import Failure, Unknown

KEPT = ".git/pristine"


def write_tree(folder, files):
    for path, text in files.items():
        state.write_file(f"{folder}/{path}", text, executable=text.startswith("#!"))


def clone(arguments):
    found, operands = parse(
        arguments, flags=("--recurse-submodules", "--recursive", "--shallow-submodules", "-q", "--quiet",
                          "--single-branch", "--no-checkout"),
        values=("--depth", "--branch", "-b", "--filter", "-j", "--jobs"))
    if not operands or not operands[0].startswith("https://"):
        raise Unknown("only https addresses")
    name = os.path.basename(operands[0]).removesuffix(".git")
    folder = operands[1] if len(operands) > 1 else name
    if name not in PROJECTS:
        raise Unknown(f"the files of {name} are not known; add them to projects.py")
    if os.path.exists(folder) and os.listdir(folder):
        raise Failure(f"destination path '{folder}' already exists and is not an empty directory", 128)
    reference = (found.get("--branch") or found.get("-b") or [""])[0]
    if "--branch" in found and not reference.strip("v"):
        raise Failure(f"Remote branch {reference} not found", 128)
    for target in (folder, f"{folder}/{KEPT}"):
        write_tree(target, PROJECTS[name])
    set_reference(folder, reference)


def set_reference(folder, reference):
    state.write_file(f"{folder}/.git/reference", reference)


def top():
    folder = os.getcwd()
    while not os.path.isdir(f"{folder}/.git"):
        if folder == "/":
            raise Failure("not a git repository (or any of the parent directories): .git", 128)
        folder = os.path.dirname(folder)
    return folder


def checkout(arguments):
    _, operands = parse(arguments, flags=("-q", "--quiet", "--detach", "-f"))
    if len(operands) != 1 or not operands[0].strip():
        raise Failure(f"pathspec '{' '.join(operands)}' did not match", 1)
    set_reference(top(), operands[0])


def diff(arguments):
    """--quiet: 1 where a file is not as it was checked out."""
    if arguments[:1] not in (["--quiet"], ["--exit-code"]):
        raise Unknown("only with --quiet")
    folder, changed = top(), 0
    for path, _, files in os.walk(f"{folder}/{KEPT}"):
        for file in files:
            kept = os.path.join(path, file)
            now = os.path.join(folder, os.path.relpath(kept, f"{folder}/{KEPT}"))
            changed |= not os.path.exists(now) or not filecmp.cmp(kept, now, shallow=False)
    return int(changed)


def harmless(arguments):
    top()


def lfs(arguments):
    if arguments[:1] not in (["install"], ["pull"]):
        raise Unknown("only install and pull")


ACTIONS = {"clone": clone, "checkout": checkout, "diff": diff, "submodule": harmless, "fetch": harmless,
           "switch": checkout, "lfs": lfs, "init": lambda arguments: None}


def git(arguments):
    rest = list(arguments)
    record.command("git", arguments)
    while rest and rest[0] in ("-C", "-c"):
        option, value = rest[:2]
        if option == "-C":
            os.chdir(value)
        rest = rest[2:]
    if not rest or rest[0] not in ACTIONS:
        raise Unknown(f"the action {(rest or [''])[0]!r} is not known here")
    return ACTIONS[rest[0]](rest[1:])


def remove_git(folder):
    shutil.rmtree(f"{folder}/.git")


COMMANDS = {"git": git, "git-lfs": lambda arguments: lfs(arguments)}
