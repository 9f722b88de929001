"""The record of a rehearsal as text that is good to read in a diff."""
import re
import shlex

WIDTH = 110
HIDDEN = {"PATH", "HOSTNAME", "HOME", "TERM", "TARGETARCH", "TARGETOS", "TARGETPLATFORM"}
# Options without a value; every other one takes the word behind it along.
# What variables a script has set for others makes no difference to these.
FETCHERS = {"git", "curl", "wget", "aria2c", "sha256sum"}
# How many words of a command that is broken into lines stay in the first one.
HEADS = {"apt-get": 4, "python3": 4, "uv": 3}
ALONE = {"--no-deps", "--no-build-isolation", "--pre", "--wheel", "--no-isolation", "--release", "-y", "--yes"}


def normalized(text):
    """Names of temporary files are made up anew each time."""
    return re.sub(r"/tmp/tmp\.[A-Za-z0-9]{10}\b", "/tmp/tmp.X", text)


def command_lines(entry):
    """One command: folder and words, a word a line where they do not fit into one; then variables of its own."""
    words = [shlex.quote(word) for word in entry["argv"]]
    start = f"{entry['cwd']}$" if entry["cwd"] != "/" else "$"
    lines = [" ".join([start, *words])]
    if len(lines[0]) > WIDTH:
        groups = grouped(words)
        head = HEADS.get(words[0], 2)
        lines = [" ".join([start, *groups[:head]]), *(f"    {group}" for group in groups[head:])]
    if words[0] not in FETCHERS:
        lines += [f"    with {name}={shlex.quote(value)}" for name, value in sorted(entry["env"].items())
                  if name not in HIDDEN]
    lines += [f"    where {line.strip()}" for line in entry.get("constraints", [])]
    lines += [f"    compared with {line.strip()}" for line in entry.get("input", [])]
    return [f"  {normalized(line)}" for line in lines]


def grouped(words):
    """The words, where an option and its value stay together."""
    result, rest = [], list(words)
    while rest:
        word = rest.pop(0)
        option = re.fullmatch(r"--[a-z-]+|-[a-zA-Z]", word) and word not in ALONE and result[:1] != ["apt-get"]
        if option and rest and not rest[0].startswith("-"):
            word += " " + rest.pop(0)
        result.append(word)
    return result


def environment_lines(before, now, arguments):
    """What the Dockerfile has put into the environment since the RUN before; arguments are no part of it."""
    changed = {name: value for name, value in now.items() if before.get(name) != value and name not in arguments}
    return [f"  {name}={shlex.quote(value)}" for name, value in sorted(changed.items()) if name not in HIDDEN]


def stage_lines(record, arguments):
    """A stage: where it begins, its environment where it changes, and its commands by RUN."""
    lines, before = [f"stage {record.stage} from {record.base}"], record.environment
    for entry in record.entries:
        if "run" in entry:
            lines += ["", "run", *environment_lines(before, entry["run"], arguments)]
            before = entry["run"]
        else:
            lines += command_lines(entry)
    return lines


def render(records, arguments, image_lines=()):
    """The transcript of one image: its stages in the file's order, then what the image itself says.

    arguments: the names of ARGs, which are in a RUN's environment too, but do not stay in the image.
    """
    parts = ["\n".join(stage_lines(record, arguments)) for record in records.values()]
    if image_lines:
        parts.append("\n".join(image_lines))
    return "\n\n\n".join(parts) + "\n"
