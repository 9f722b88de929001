"""What the rehearsed image holds: commands, Python distributions, marks of what was done."""
import os
import re

from record import Failure

LIB = "/rehearsal/lib/run.py"
REAL = "/rehearsal/real"
BIN = "/rehearsal/bin"
SITE = "/rehearsal/site"
MARKS = "/rehearsal/marks"


def machine():
    """What uname -m says in the image; Python itself need not be emulated and would say something else."""
    with open("/rehearsal/machine", encoding="utf-8") as file:
        return file.read().strip()


def link(path, target):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path):
        os.remove(path)
    os.symlink(target, path)


def add_command(name, folder=BIN):
    """The command from now on: the real one where the rehearsal has it, else its stand-in."""
    real = f"{REAL}/{name}"
    link(f"{folder}/{name}", real if os.path.exists(real) and name != "python3" else LIB)


def mark(name):
    os.makedirs(MARKS, exist_ok=True)
    with open(f"{MARKS}/{name}", "w", encoding="utf-8"):
        pass


def has_mark(name):
    return os.path.exists(f"{MARKS}/{name}")


def write_file(path, text, executable=False):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    if executable:
        os.chmod(path, 0o755)


def normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def distribution_folder(name):
    """The folder of an installed distribution, or None."""
    wanted = normalized(name)
    for entry in sorted(os.listdir(SITE)) if os.path.isdir(SITE) else []:
        if entry.endswith(".dist-info") and normalized(entry[:-10].rsplit("-", 1)[0]) == wanted:
            return f"{SITE}/{entry}"
    return None


def installed_version(name):
    folder = distribution_folder(name)
    return folder[:-10].rsplit("-", 1)[1] if folder else None


def remove_distribution(name):
    folder = distribution_folder(name)
    if not folder:
        return False
    os.remove(f"{folder}/METADATA")
    os.rmdir(folder)
    module = f"{SITE}/{normalized(name).replace('-', '_')}/__init__.py"
    if os.path.exists(module):
        os.remove(module)
        os.rmdir(os.path.dirname(module))
    return True


def add_distribution(name, version, module=""):
    """Installs it as far as Python's metadata goes, with a module that holds the given text."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        raise Failure(f"{name!r} is no name of a distribution")
    remove_distribution(name)
    write_file(f"{SITE}/{name}-{version}.dist-info/METADATA",
               f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    write_file(f"{SITE}/{normalized(name).replace('-', '_')}/__init__.py", module)
