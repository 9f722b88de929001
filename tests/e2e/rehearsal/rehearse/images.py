"""The images that a rehearsal puts in the place of the real ones."""
import functools
import hashlib
import json
import os
import subprocess

from rehearse import docker, places, vendors

BASE = f"{places.HERE}/base"


@functools.cache
def root(architecture):
    """An image of Debian packages alone; fetched once, kept in the sandbox's folder. Returns its name."""
    script = f"{BASE}/fetch-root"
    with open(script, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()[:12]
    name = f"rehearsal/root-{architecture}:{digest}"
    if docker.has_image(name):
        return name
    tar = f"{os.environ['RUNNER_SANDBOX_HOME']}/rehearsal/root-{architecture}-{digest}.tar"
    if not os.path.exists(tar):
        subprocess.run([script, architecture, tar], check=True)
    docker.run(["import", "--platform", f"linux/{architecture}", tar, name])
    return name


@functools.cache
def vendor(backend, architecture, description):
    """What stands for the vendor's image of a backend. description: JSON. Returns its name."""
    digest = hashlib.sha256(description.encode()).hexdigest()[:12]
    name = f"rehearsal/{backend}-vendor-{architecture}:{digest}"
    docker.build(BASE, f"{BASE}/Dockerfile", target="vendor", architecture=architecture,
                 contexts={"root": f"docker-image://{root(architecture)}", "standins": f"{places.HERE}/standins"},
                 arguments={"VENDOR": description}, tag=name)
    return name


def vendor_of(dockerfile, backend, architecture):
    """The vendor's image as the Dockerfile's defaults expect it, whatever arguments are changed in a test."""
    description = json.dumps(vendors.vendor(backend, dockerfile.values()), sort_keys=True)
    return vendor(backend, architecture, description)


def runtime_name(backend, architecture):
    return f"rehearsal/{backend}-runtime-image-{architecture}:latest"


@functools.cache
def service_base(backend, architecture):
    """What services stand on: the runtime image out of its own rehearsal, which has to be there by now."""
    name = f"rehearsal/{backend}-runtime-{architecture}:latest"
    docker.build(BASE, f"{BASE}/Dockerfile", target="service-base", architecture=architecture,
                 contexts={"runtime": f"docker-image://{runtime_name(backend, architecture)}"}, tag=name)
    return name
