"""Python packages: pip and build. Which distributions at which versions from which index."""
import os
import re

import artifacts
import indexes
import python
import record
import state
from addresses import UNPUBLISHED
from options import parse
from record import Failure, Unknown

REQUIREMENT = re.compile(r"\s*(?P<name>[A-Za-z0-9][\w.-]*)\s*(?P<extras>\[[^\]]*\])?\s*(?P<rest>.*)$")
FLAGS = (
    "--no-cache-dir", "--no-cache", "--no-deps", "--no-build-isolation", "--upgrade", "-U", "--pre", "-q", "--quiet",
    "--force-reinstall", "--reinstall", "--system", "-y", "--yes", "-v", "--verbose", "--prefer-binary", "--no-index",
    "--ignore-installed", "--break-system-packages", "--no-sources", "--no-clean")
VALUES = (
    "--constraint", "-c", "--requirement", "-r", "--index-url", "-i", "--default-index", "--index", "--extra-index-url",
    "--find-links", "-f", "--override", "--overrides", "--prerelease", "--index-strategy", "--only-binary",
    "--no-binary", "--wheel-dir", "-w", "--dest", "-d", "--timeout", "--retries", "--progress-bar", "--platform",
    "--python-version", "--implementation", "--abi", "--config-settings", "-C", "--global-option", "--exclude")


def addresses(found):
    return [url for name in ("--index-url", "-i", "--default-index", "--index", "--extra-index-url", "--find-links",
                             "-f") for url in found.get(name, [])]


def constraint_lines(found):
    """The constraints that hold, so that the record shows them and not the name of a temporary file alone."""
    lines = []
    for file in (*found.get("--constraint", []), *found.get("-c", [])):
        if not os.path.isfile(file):
            raise Failure(f"File not found: {file}", 2)
        with open(file, encoding="utf-8") as opened:
            lines += opened.read().split("\n")
    return [line for line in lines if line.strip()]


def project_name(folder):
    """The distribution that a folder builds."""
    path = f"{folder}/pyproject.toml"
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if match := re.search(r'^name = "([^"]+)"', file.read(), re.M):
                return match[1]
    if not os.path.exists(f"{folder}/setup.py"):
        raise Failure(f"{folder} does not appear to be a Python project: neither pyproject.toml nor setup.py", 2)
    return os.path.basename(os.path.abspath(folder))


def project_version(folder):
    """What setuptools-scm would say: the version asked for, else the checked-out one."""
    if version := os.environ.get("SETUPTOOLS_SCM_PRETEND_VERSION"):
        return version
    while folder != "/":
        if os.path.exists(f"{folder}/.git/reference"):
            with open(f"{folder}/.git/reference", encoding="utf-8") as file:
                reference = file.read().strip()
            return reference.removeprefix("v") if re.match(r"v?\d+\.", reference) else f"0.0.0+g{reference or 'head'}"
        folder = os.path.dirname(folder)
    return "0.0.0"


def specifiers(rest):
    return re.findall(r"(===|==|>=|<=|~=|!=|<|>)\s*([^\s,;]+)", rest)


def resolve(word, urls):
    """Returns (name, version) of what a word of an install command means."""
    if os.path.isdir(word):
        return project_name(os.path.abspath(word)), project_version(os.path.abspath(word))
    if match := re.match(r"(\.|/[^\[]*)\[[^\]]+\]$", word):
        return resolve(match[1], urls)
    if match := re.fullmatch(r"([A-Za-z0-9][\w.-]*)(\[[^\]]*\])? *@ *(\S+)", word):
        return direct(match[1], match[3])
    if word.endswith(".whl"):
        if not os.path.isfile(word):
            raise Failure(f"Failed to read {word}: No such file or directory", 2)
        name, version = os.path.basename(word).split("-")[:2]
        return name, version.replace("%2B", "+")
    if "/" in word and "@" not in word:
        raise Failure(f"Distribution not found at: {word}", 2)
    match = REQUIREMENT.fullmatch(word)
    if not match:
        raise Unknown(f"{word!r} is no requirement")
    name, rest = match["name"], match["rest"].strip()
    if rest and not specifiers(rest):
        raise Failure(f"{word!r}: {rest!r} is no version", 2)
    label = indexes.local_label(name, urls)
    return name, indexes.first_allowed(state.normalized(name), specifiers(rest)) + label


def direct(name, url):
    if url.startswith("file://"):
        return name, resolve(url.removeprefix("file://"), [])[1]
    if match := re.match(r"git\+https://\S+?@([^#\s]+)", url):
        return name, f"0.0.0+g{match[1]}"
    if url.startswith("https://") and ".whl" in url:
        return name, os.path.basename(url).split("-")[1].replace("%2B", "+")
    raise Unknown(f"{url} is neither a file, a repository nor a wheel")


def put_in(name, version, with_others=True):
    label = version.partition("+")[2]
    state.add_distribution(name.replace("-", "_"), version, indexes.module_text(name, f"+{label}" if label else ""))
    key = state.normalized(name)
    for command in indexes.SCRIPTS.get(key, []):
        state.add_command(command)
    if key in indexes.PLAIN_SCRIPTS:
        state.write_file(f"/usr/local/bin/{indexes.PLAIN_SCRIPTS[key]}", "#!/bin/bash\n", executable=True)
    others = indexes.BRINGS.get(key, []) if with_others and (key, version[:2]) != ("torch", "1.") else []
    for other in others:
        if state.installed_version(other) is None:
            put_in(other, indexes.newest(other))


def needs_a_folder():
    if record.folder() == "(removed)":
        raise Failure("Current directory does not exist", 2)


def install(arguments):
    needs_a_folder()
    found, words = parse(arguments, flags=FLAGS, values=VALUES)
    lists = [*found.get("--requirement", []), *found.get("-r", [])]
    for file in lists:
        if not os.path.isfile(file):
            raise Failure(f"File not found: {file}", 2)
    if not words and not lists:
        raise Failure("You must give at least one requirement to install", 2)
    constraint_lines(found)
    for word in words:
        put_in(*resolve(word, addresses(found)), with_others="--no-deps" not in found)


def uninstall(arguments, needs_yes):
    needs_a_folder()
    found, words = parse(arguments, flags=FLAGS, values=VALUES)
    if needs_yes and not {"-y", "--yes"} & found.keys():
        raise Failure("nobody is there to answer the question; -y is missing")
    for word in words:
        if not state.remove_distribution(word):
            record.say(f"Skipping {word} as it is not installed")


def write_wheel(folder, name, version, tag="py3-none-any"):
    os.makedirs(folder, exist_ok=True)
    name = re.sub(r"[-.]", "_", name)
    path = f"{folder}/{name}-{version}-{tag}.whl"
    with open(path, "wb") as file:
        file.write(artifacts.wheel(name, version))
    return path


def wheel(arguments):
    needs_a_folder()
    found, words = parse(arguments, flags=FLAGS, values=VALUES)
    folder = (found.get("--wheel-dir") or found.get("-w") or ["."])[0]
    tag = "cp" + python.version().replace(".", "")
    for word in words:
        name, version = resolve(word, addresses(found))
        write_wheel(folder, name, version, f"{tag}-{tag}-linux_{state.machine()}")


def download(arguments):
    found, words = parse(arguments, flags=FLAGS, values=VALUES)
    folder = (found.get("--dest") or found.get("-d") or ["."])[0]
    for word in words:
        name, version = resolve(word, addresses(found))
        if name == "flashinfer-jit-cache" and version == UNPUBLISHED:
            raise Failure(f"No matching distribution found for {word}")
        write_wheel(folder, name, version)


def config(arguments):
    _, words = parse(arguments, flags=("--global", "--user", "--site"))
    if len(words) != 3 or words[0] != "set":
        raise Unknown("only set KEY VALUE")


PIP = {"install": install, "uninstall": lambda rest: uninstall(rest, True), "wheel": wheel, "download": download,
       "config": config, "cache": lambda rest: None, "check": lambda rest: None,
       "show": lambda rest: show(rest), "list": lambda rest: None}


def show(words):
    for word in words:
        if state.installed_version(word) is None:
            raise Failure(f"Package(s) not found: {word}")


def pip(rest):
    if rest[:1] == ["--version"]:
        print("pip 24.0")
        return None
    first = next((word for word in rest if not word.startswith("-")), "")
    if first not in PIP:
        raise Unknown(f"the action {first!r} is not known here")
    place = rest.index(first)
    if first == "config":
        return PIP[first](rest[:place] + rest[place + 1:])
    if rest[:place]:
        raise Unknown("options before the action are not known here")
    return PIP[first](rest[place + 1:])


def build(rest):
    needs_a_folder()
    found, words = parse(rest, flags=("--wheel", "-w", "--no-isolation", "-n", "--skip-dependency-check", "-x"),
                         values=("--outdir", "-o", "-C", "--config-setting"))
    folder = os.path.abspath((words or ["."])[0])
    if not {"--wheel", "-w"} & found.keys():
        raise Unknown("only wheels")
    output = (found.get("--outdir") or found.get("-o") or [f"{folder}/dist"])[0]
    write_wheel(output, project_name(folder), project_version(folder))


def command(name, run):
    def recorded(arguments):
        record.command(name, arguments)
        return run(arguments)
    return recorded


MODULES = {"pip": pip, "build": build, "pipx": lambda rest: None, "compileall": lambda rest: None,
           "venv": lambda rest: None}
COMMANDS = {"pip": command("pip", pip), "pip3": command("pip3", pip), "pipx": command("pipx", lambda rest: None)}
