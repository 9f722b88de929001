"""uv: like pip, but it wants to be told which Python it may change."""
import os

import packages
import record
import state
from options import parse
from record import Failure, Unknown


def pip(rest):
    action, arguments = (rest or [""])[0], rest[1:]
    if not os.environ.get("UV_SYSTEM_PYTHON") and "--system" not in arguments:
        raise Failure("No virtual environment found; UV_SYSTEM_PYTHON is not set", 2)
    if action == "install":
        return packages.install(arguments)
    if action == "uninstall":
        return packages.uninstall(arguments, needs_yes=False)
    if action in ("tree", "list", "show", "freeze"):
        found, names = parse(arguments, values=("--package",), flags=("--no-dedupe", "--strict", "--system"))
        for name in (*found.get("--package", []), *names):
            if state.installed_version(name) is None:
                raise Failure(f"Package {name} is not installed")
        return None
    raise Unknown(f"the action pip {action!r} is not known here")


def build(rest):
    found, words = parse(rest, flags=("--wheel", "--no-build-isolation", "--no-sources"),
                         values=("--out-dir", "-o", "-C", "--config-setting"))
    folder = os.path.abspath((words or ["."])[0])
    packages.write_wheel((found.get("--out-dir") or found.get("-o") or [f"{folder}/dist"])[0],
                         packages.project_name(folder), packages.project_version(folder))


ACTIONS = {"pip": pip, "build": build, "cache": lambda rest: None}


def run(rest):
    if rest[:1] == ["--version"]:
        print(f"uv {state.installed_version('uv')}")
        return None
    if not rest or rest[0] not in ACTIONS:
        raise Unknown(f"the action {(rest or [''])[0]!r} is not known here")
    return ACTIONS[rest[0]](rest[1:])


def uv(arguments):
    files = {}
    if arguments[:2] == ["pip", "install"]:
        found, _ = parse(arguments[2:], flags=packages.FLAGS, values=packages.VALUES)
        files = {"constraints": packages.constraint_lines(found)} if packages.constraint_lines(found) else {}
    record.command("uv", arguments, **files)
    return run(arguments)


MODULES = {"uv": run}
COMMANDS = {"uv": uv, "uvx": uv}
