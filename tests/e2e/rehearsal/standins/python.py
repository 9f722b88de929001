"""python3: runs what only looks, hands modules and known scripts to their stand-ins."""
import os
import re
import sys

import record
import state
from record import Failure, Unknown

MODULES = {"pip", "build", "pipx", "uv", "compileall", "venv"}


def version():
    """The X.Y that the command's name stands for, at the end of its links: python3 -> python3.12 -> the stand-in."""
    path = sys.argv[0] if "/" in sys.argv[0] else f"/usr/bin/{sys.argv[0]}"
    names = []
    while os.path.islink(path):
        names.append(os.path.basename(path))
        path = os.path.join(os.path.dirname(path), os.readlink(path))
    for name in reversed(names):
        if match := re.fullmatch(r"python(\d+\.\d+)", name):
            return match[1]
    raise Unknown(f"the links of {sys.argv[0]} do not end at a python of some version")


def real(arguments):
    os.environ["REHEARSAL_PYTHON"] = version()
    os.execv(f"{state.REAL}/python3", ["python3", *arguments])


def script_mark(path):
    """A script that a stand-in has left behind says in its first line whose it is."""
    with open(path, encoding="utf-8", errors="replace") as file:
        match = re.match(r"# rehearsal: (\S+)", file.readline())
    return match[1] if match else None


def run_script(name, arguments):
    path = arguments[0]
    if not os.path.exists(path):
        raise Failure(f"can't open file '{path}': No such file or directory", 2)
    record.command(name, arguments)
    if mark := script_mark(path):
        import installers
        return installers.SCRIPTS[mark](arguments[1:])
    return real(arguments)


def python3(arguments):
    name = os.path.basename(sys.argv[0])
    rest = list(arguments)
    while rest and rest[0] in ("-I", "-S", "-E", "-s", "-u", "-B"):
        rest.pop(0)
    if not rest or rest[0] in ("-V", "--version", "-c", "-"):
        if rest and rest[0] in ("-V", "--version"):
            print(f"Python {version()}.0")
            return 0
        return real(arguments)
    if rest[0] == "-m":
        return run_module(name, arguments, rest[1], rest[2:])
    if rest[0].startswith("-"):
        raise Unknown(f"the option {rest[0]} is not known here")
    return run_script(name, rest)


def run_module(name, arguments, module, rest):
    if module not in MODULES:
        raise Unknown(f"the module {module} is not known here")
    if module in ("pip", "venv") and not state.has_mark(f"{module}-{version()}"):
        raise Failure(f"No module named {module}")
    if module not in ("pip", "venv", "compileall") and state.installed_version(module) is None:
        raise Failure(f"No module named {module}")
    if rest != ["--version"]:
        record.command(name, arguments)
    import packages
    import uv
    return {**packages.MODULES, **uv.MODULES}[module](rest)


COMMANDS = {"python3": python3, "rehearsal-begin": record.begin}
