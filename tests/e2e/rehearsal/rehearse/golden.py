"""Transcripts of whole images, and the golden files that they are compared with."""
import difflib
import os
import shlex

from rehearse import docker, places, rehearsal, transcript


def image_lines(config):
    """What a loaded image says of itself, without the rehearsal's own variables."""
    environment = dict(each.split("=", 1) for each in config["Env"])
    environment.pop("BASH_ENV")
    environment["PATH"] = environment["PATH"].replace("/rehearsal/bin:", "")
    return [
        "image",
        f"  entrypoint {' '.join(config['Entrypoint'] or ['(none)'])}",
        f"  command {' '.join(config['Cmd'] or ['(none)'])}",
        f"  folder {config['WorkingDir'] or '(none)'}",
        *(f"  {name}={shlex.quote(value)}" for name, value in sorted(environment.items()))]


def prepare_runtime(backend, architecture):
    """Services stand on the runtime image: builds and loads it."""
    rehearsal.load(backend, architecture, "runtime")


def render(backend, architecture, target, records):
    """The transcript of one target out of the records of all stages."""
    file = rehearsal.file_of(backend)
    stages = file.closure([target], file.values())
    image = rehearsal.load(backend, architecture, target)
    text = transcript.render({name: records[name] for name in stages}, file.arguments.keys(),
                             image_lines(docker.image_config(image)))
    return f"target {target} of pack/{backend}/Dockerfile for linux/{architecture}\n\n\n{text}"


def transcripts(backend, architecture, targets):
    """Rehearses targets of a backend; returns {target: text}."""
    result, services = {}, [name for name in targets if name != "runtime"]
    prepare_runtime(backend, architecture)
    if "runtime" in targets:
        records = rehearsal.records(backend, architecture, ["runtime"])
        result["runtime"] = render(backend, architecture, "runtime", records)
    if services:
        records = rehearsal.records(backend, architecture, services)
        result |= {name: render(backend, architecture, name, records) for name in services}
    return result


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def difference(golden, now, name):
    """The lines of a unified diff; empty where both are the same."""
    return list(difflib.unified_diff(golden.splitlines(), now.splitlines(), f"golden/{name}", f"now/{name}", "", "",
                                     lineterm=""))


def files(backend):
    """The golden transcripts of a backend's images."""
    return [f"{places.GOLDEN}/{backend}/{name}" for name in sorted(os.listdir(f"{places.GOLDEN}/{backend}"))
            if name not in ("arguments.txt", "platforms.txt", "rules.txt")]


def kept_path(path):
    """Where the transcript of this run is kept, so that it can be looked at: in the sandbox's folder."""
    return f"{os.environ['RUNNER_SANDBOX_HOME']}/rehearsal/transcripts/{os.path.relpath(path, places.GOLDEN)}"
