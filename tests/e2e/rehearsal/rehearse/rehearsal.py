"""Rehearses a Dockerfile: builds stages on stand-ins and returns the record of each."""
import functools
import gzip
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from dataclasses import dataclass

from rehearse import docker, dockerfile, images, places

EXPORT = "rehearsal-transcript"


@dataclass
class Record:
    """What one stage did: the image or stage it begins with, and entries in order."""
    stage: str
    base: str
    environment: dict  # what the base begins with
    entries: list


@functools.cache
def file_of(backend):
    return dockerfile.read(places.dockerfile_path(backend))


def with_export(text, stages):
    """The Dockerfile with one more stage at its end, which holds nothing but the records of the others."""
    lines = [text.rstrip("\n"), "", f"FROM scratch AS {EXPORT}"]
    lines += [f"COPY --from={name} /rehearsal/log /{name}" for name in stages]
    return "\n".join(lines) + "\n"


def context_of(backend, values, folder):
    """A build context: the backend's folder, and for CANN the files of MindIE that are too large for a repository."""
    context = f"{folder}/context"
    shutil.copytree(f"{places.PACK}/{backend}", context)
    if backend == "cann":
        add_mindie(f"{context}/mindie", values)
    return context


def add_mindie(folder, values):
    os.makedirs(folder, exist_ok=True)
    script = '#!/bin/bash\nexec /rehearsal/lib/run.py script mindie-installer "${0##*/}" "$@"\n'
    python = "py" + values["PYTHON_VERSION"].replace(".", "")
    for machine in ("x86_64", "aarch64"):
        with open(f"{folder}/Ascend-mindie_{values['MINDIE_VERSION']}_linux-{machine}.run", "w",
                  encoding="utf-8") as file:
            file.write(script)
        models = (f"{folder}/Ascend-mindie-atb-models_{values['MINDIE_VERSION']}_linux-{machine}_{python}"
                  f"_torch{values['MINDIE_TORCH_VERSION']}-abi0.tar.gz")
        with open(models, "wb") as file:
            file.write(empty_files("atb_llm-0.0.1-py3-none-any.whl", "requirements/requirements.txt"))


def empty_files(*names):
    """A compressed tar of empty files; the same bytes each time, or nothing would come from the build cache."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name))
    return gzip.compress(buffer.getvalue(), mtime=0)


def contexts(backend, architecture, stages, values):
    """Named contexts: pack/common, and a stand-in for every image that these stages begin with."""
    result = {"common": places.COMMON}
    for name in file_of(backend).base_images(stages, values):
        result[name] = f"docker-image://{stand_in(backend, architecture, name, values)}"
    return result


def stand_in(backend, architecture, base, values):
    """What takes the place of an image: the vendor's, an image of this centre, or else the runtime image."""
    file = file_of(backend)
    if base == dockerfile.expand(file.stages["runtime"].base, values):
        return images.vendor_of(file, backend, architecture)
    return images.service_base(backend, architecture, released_service(backend, architecture, base) or "runtime")


def released_service(backend, architecture, name):
    """The service in the name of an image of this centre, such as …/runner:cuda12.9-vllm0.15.1; None in others."""
    match = re.search(rf"/runner:{backend}[\d.]+-(?:\w+-)?([a-z]+)\d[\w.]*$", name)
    return match[1] if match and match[1] in places.targets(backend, architecture) else None


def released_bases(backend, architecture, targets, given):
    """The services whose released images these targets begin with under the given arguments."""
    file = file_of(backend)
    values = file.values(given)
    names = file.base_images(file.closure(targets, values), values)
    return sorted({released_service(backend, architecture, name) for name in names} - {None})


def entries(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def records(backend, architecture, targets, given=None):
    """Builds all stages that the targets need and returns {stage: Record}, in the file's order."""
    file = file_of(backend)
    values = file.values(given)
    stages = file.closure(targets, values)
    with tempfile.TemporaryDirectory() as folder:
        context = context_of(backend, values, folder)
        with open(f"{folder}/Dockerfile", "w", encoding="utf-8") as written:
            written.write(with_export(file.text, stages))
        docker.build(context, f"{folder}/Dockerfile", target=EXPORT, architecture=architecture,
                     contexts=contexts(backend, architecture, stages, values), arguments=given,
                     output=f"type=local,dest={folder}/out")
        logs = {name: entries(f"{folder}/out/{name}") for name in stages}
    refuse_unknown(logs)
    return apart(file, values, stages, logs, lambda base: image_environment(backend, architecture, base, values))


def refuse_unknown(logs):
    """A use that a stand-in does not know is an error, even where the script went on."""
    for stage, found in logs.items():
        for entry in found:
            if "unknown" in entry:
                raise docker.BuildError(f"stage {stage}: {entry['unknown']}")


def image_environment(backend, architecture, base, values):
    image = stand_in(backend, architecture, base, values)
    return dict(each.split("=", 1) for each in docker.image_config(image)["Env"])


def apart(file, values, stages, logs, environment_of):
    """A stage's log begins with that of the stage it is made from: {stage: Record} with its own entries only."""
    result = {}
    for name in stages:
        base = dockerfile.expand(file.stages[name].base, values)
        if base in result:
            runs = [entry["run"] for entry in logs[base] if "run" in entry]
            environment = runs[-1] if runs else result[base].environment
        else:
            environment = environment_of(base)
        result[name] = Record(name, base, environment, logs[name][len(logs.get(base, [])):])
    return result


def load(backend, architecture, target, given=None):
    """Builds a target from first to last stage and loads it; returns the image's name."""
    file = file_of(backend)
    values = file.values(given)
    name = images.target_name(backend, target, architecture)
    with tempfile.TemporaryDirectory() as folder:
        docker.build(context_of(backend, values, folder), places.dockerfile_path(backend), target=target,
                     architecture=architecture, arguments=given, tag=name,
                     contexts=contexts(backend, architecture, file.closure([target], values), values))
    return name
