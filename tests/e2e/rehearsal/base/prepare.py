"""Makes the rehearsal's image out of a plain one: runs inside of it.

usage: prepare.py             moves the real programs aside and puts stand-ins in their places
       prepare.py --vendor    adds what the environment's VENDOR says that the vendor's image has
       prepare.py --forget    empties the record
"""
import compileall
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, "/rehearsal/lib")

REAL = "/rehearsal/real"
LIB = "/rehearsal/lib/run.py"
# There from the start in every image that a Dockerfile may begin with.
ALWAYS = ("apt-get", "apt", "update-alternatives", "dpkg", "nproc", "sha256sum", "ldconfig", "gpgv")
# Real, but not there until their package is installed.
LATER = ("xz", "bzip2", "unzip", "patch", "file", "jq", "tini")

CODENAMES = {"20.04": "focal", "22.04": "jammy", "24.04": "noble"}


def move_aside(path, name):
    os.makedirs(REAL, exist_ok=True)
    shutil.move(path, f"{REAL}/{name}")


def prepare():
    import state
    move_aside("/usr/bin/python3.11", "python3")
    os.remove("/usr/bin/python3")
    shutil.copy("/rehearsal/lib/sitecustomize.py", "/usr/lib/python3.11/sitecustomize.py")
    for name in LATER:
        move_aside(f"/usr/bin/{name}", name)
    move_aside("/usr/bin/dpkg", "dpkg")
    for name in ALWAYS:
        state.link(f"{state.BIN}/{name}", LIB)
    os.chmod(LIB, 0o755)
    for folder in (state.SITE, "/usr/local/lib/python3.11/dist-packages"):
        os.makedirs(folder, exist_ok=True)
    compileall.compile_dir("/rehearsal/lib", quiet=1)
    compileall.compile_dir("/usr/lib/python3.11", quiet=1, maxlevels=1)
    state.write_file("/rehearsal/machine", subprocess.run(["uname", "-m"], check=True, text=True,
                                                          stdout=subprocess.PIPE).stdout)
    forget()


def forget():
    with open("/rehearsal/log", "w", encoding="utf-8"):
        pass


def vendor():
    import packages
    import state
    has = json.loads(os.environ["VENDOR"])
    state.write_file("/etc/os-release", f'ID=ubuntu\nVERSION_ID="{has["ubuntu"]}"\nVERSION_CODENAME={CODENAMES[has["ubuntu"]]}\n')
    if version := has.get("python"):
        folder = has.get("python_folder", "/usr/bin")
        state.link(f"{folder}/python{version}", LIB)
        state.link(f"{folder}/python3", f"python{version}")
        if has.get("pip", True):
            state.mark(f"pip-{version}")
            state.add_command("pip", folder)
    for name in has.get("commands", []):
        state.add_command(name)
    for name, wanted in has.get("distributions", {}).items():
        packages.put_in(name, wanted)
    for path, text in has.get("files", {}).items():
        state.write_file(path, text)


if __name__ == "__main__":
    {"--vendor": vendor, "--forget": forget}.get((sys.argv[1:] or [""])[0], prepare)()
