"""Scripts that come with downloads and checkouts: recorded, and what they would leave behind."""
import os
import sys

import packages
import record
import state
from record import Failure, Unknown


def cargo_home():
    return os.environ.get("CARGO_HOME") or os.path.expanduser("~/.cargo")


def get_pip(arguments):
    import python
    state.mark(f"pip-{python.version()}")
    state.add_command("pip", "/usr/local/bin")


def setup(arguments):
    """python3 setup.py bdist_wheel"""
    if arguments[:1] != ["bdist_wheel"]:
        raise Unknown("only bdist_wheel")
    folder = arguments[arguments.index("--dist-dir") + 1] if "--dist-dir" in arguments else "dist"
    packages.write_wheel(folder, packages.project_name(os.getcwd()), packages.project_version(os.getcwd()))


def use_existing_torch(arguments):
    """vLLM's own script: no PyTorch among its requirements any more."""
    for path, _, files in os.walk("requirements"):
        for name in files:
            with open(f"{path}/{name}", encoding="utf-8") as file:
                lines = [line for line in file if "torch" not in line]
            state.write_file(f"{path}/{name}", "".join(lines))


def rustup_init(arguments):
    if "-y" not in arguments:
        raise Failure("nobody is there to answer the question; -y is missing")
    for name in ("cargo", "rustc", "rustup"):
        state.add_command(name, f"{cargo_home()}/bin")
    state.write_file(f"{cargo_home()}/env", f'export PATH="{cargo_home()}/bin:$PATH"\n')


def rustup(arguments):
    record.command("rustup", arguments)
    if arguments[:2] != ["self", "uninstall"] or "-y" not in arguments:
        raise Unknown("only self uninstall -y")
    for name in ("cargo", "rustc", "rustup"):
        os.remove(f"{cargo_home()}/bin/{name}")


def gdrcopy_packages(arguments):
    if not os.environ.get("CUDA"):
        raise Failure("CUDA is not set")
    for name in ("libgdrapi", "gdrcopy-tests", "gdrcopy"):
        state.write_file(f"{name}_1_{state.machine()}.deb", "")


def mooncake_wheel(arguments):
    if not os.path.exists("build/CMakeCache.txt"):
        raise Failure("Mooncake has not been built")
    packages.write_wheel("mooncake-wheel/dist", "mooncake-transfer-engine", packages.project_version(os.getcwd()))


def mooncake_dependencies(arguments):
    if not os.path.exists("/usr/local/go/bin/go"):
        raise Failure("Go is not there and would be downloaded without a look at its checksum")


def efa_installer(arguments):
    if not os.path.exists("/var/lib/apt/lists/archive_Packages"):
        raise Failure("the lists of packages were not fetched")


def mindie_installer(arguments):
    state.write_file("/usr/local/Ascend/mindie/set_env.sh", "export MINDIE_HOME=/usr/local/Ascend/mindie\n")
    state.write_file("/usr/local/Ascend/mindie/latest/mindie-service/bin/mindieservice_daemon", "#!/bin/bash\n", True)
    state.write_file("/usr/local/Ascend/mindie/latest/mindie-service/set_env.sh", "")


def nothing(arguments):
    """It would change the system in ways that no later line looks at."""


SCRIPTS = {
    "get-pip": get_pip, "setup": setup, "use-existing-torch": use_existing_torch, "rustup-init": rustup_init,
    "gdrcopy-packages": gdrcopy_packages, "mooncake-wheel": mooncake_wheel, "efa-installer": efa_installer,
    "mooncake-dependencies": mooncake_dependencies, "mindie-installer": mindie_installer, "bisheng": nothing,
}


def script(arguments):
    """What a shell script from artifacts.script calls: HANDLER, its own name, its arguments."""
    handler, name, rest = arguments[0], arguments[1], arguments[2:]
    if handler not in SCRIPTS:
        raise Unknown(f"the script {handler} is not known here")
    record.command(handler if name in ("sh", "bash") else name, rest)
    sys.argv[0] = name
    return SCRIPTS[handler](rest)


COMMANDS = {"script": script, "rustup": rustup}
