"""The images that a rehearsal puts in the place of the real ones."""
import fcntl
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
    folder = f"{os.environ['RUNNER_SANDBOX_HOME']}/rehearsal"
    os.makedirs(folder, exist_ok=True)
    # Tests run side by side; one of them fetches, the others wait.
    with open(f"{folder}/lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if docker.has_image(name):
            return name
        tar = f"{folder}/root-{architecture}-{digest}.tar"
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


def target_name(backend, target, architecture):
    """What the image of a target is called after its rehearsal."""
    return f"rehearsal/{backend}-{target}-image-{architecture}:latest"


@functools.cache
def service_base(backend, architecture, target="runtime"):
    """What services stand on: an image out of its own rehearsal, which has to be there by now."""
    name = f"rehearsal/{backend}-{target}-{architecture}:latest"
    docker.build(BASE, f"{BASE}/Dockerfile", target="service-base", architecture=architecture,
                 contexts={"runtime": f"docker-image://{target_name(backend, target, architecture)}"}, tag=name)
    return name
