"""What described/BACKEND.json says of backends and services that were onboarded: targets with their architectures, the
part of the vendor's image that a script can notice, the folder of the toolkit."""
import glob
import json
import os

_FOLDER = f"{os.path.dirname(os.path.dirname(os.path.abspath(__file__)))}/described"


def _read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


DESCRIBED = {os.path.basename(path).removesuffix(".json"): _read(path) for path in sorted(glob.glob(f"{_FOLDER}/*.json"))}


def with_targets(targets):
    """The targets of each backend with those that are described."""
    result = {name: dict(found) for name, found in targets.items()}
    for backend, known in DESCRIBED.items():
        result.setdefault(backend, {}).update({name: tuple(each) for name, each in known.get("targets", {}).items()})
    return result


def with_vendors(vendors):
    """What the vendors' images have, with what is described; lists of packages and files are put together."""
    result = dict(vendors)
    for backend, known in DESCRIBED.items():
        has = dict(result.get(backend, {}))
        for key, value in known.get("vendor", {}).items():
            has[key] = {**has.get(key, {}), **value} if isinstance(value, dict) else value
        result[backend] = has
    return result


def with_homes(homes):
    """The folder of each backend's toolkit."""
    return homes | {backend: known["home"] for backend, known in DESCRIBED.items() if "home" in known}
