#!/rehearsal/real/python3 -IS
"""The one program behind every stand-in: it is called by the name of the command that it stands in for.

A stand-in records its arguments, leaves behind what the next line needs, and fails loudly (exit code 97) where it does
not know a use: a rehearsal must not pass because something was ignored.
"""
import os
import sys

sys.path.insert(0, "/rehearsal/lib")

import record  # noqa: E402

MODULES = ("python", "apt", "system", "download", "repository", "packages", "uv", "compilers", "installers")


def handler(name):
    for module in MODULES:
        commands = __import__(module).COMMANDS
        if name in commands:
            return commands[name]
    raise record.Unknown(f"no stand-in is called {name}")


def main():
    name = os.path.basename(sys.argv[0])
    arguments = sys.argv[1:]
    if name == "run.py":  # called by a script that a stand-in has left behind
        name, arguments = sys.argv[1], sys.argv[2:]
    if name.startswith("python"):
        name = "python3"
    try:
        return handler(name)(arguments) or 0
    except record.Unknown as problem:
        # Written down too: a script may take the exit code for an answer and go on.
        text = f"{name} {' '.join(arguments)}: {problem}"
        record.write({"unknown": text})
        print(f"rehearsal: {text}", file=sys.stderr)
        return 97
    except record.Failure as problem:
        print(f"{name}: {problem}", file=sys.stderr)
        return problem.code


sys.exit(main())
