"""What each rule of matrix.yml changes in the transcripts of its services: values that are given together."""
import yaml

from rehearse import arguments, docker, golden, places, rehearsal


def golden_path(backend):
    return f"{places.GOLDEN}/{backend}/rules.txt"


def rules(backend):
    """(architecture, services, {argument: value}) of each rule that gives every version; blank ones come with a build."""
    with open(f"{places.ROOT}/matrix.yml", encoding="utf-8") as file:
        found = yaml.safe_load(file)["rules"]
    for rule in found:
        given = dict(each.split("=", 1) for each in rule.get("args") or [])
        if rule["backend"] != backend or not given or not all(given.values()):
            continue
        platforms = rule.get("platforms") or ["linux/amd64", "linux/arm64"]
        for architecture in ("amd64", "arm64"):
            services = [each for each in rule["services"] if each in places.targets(backend, architecture)]
            if f"linux/{architecture}" in platforms and services:
                yield architecture, services, given
                break


def title(architecture, services, given):
    values = " ".join(f"{name}={value}" for name, value in given.items())
    return f"{', '.join(services)} for linux/{architecture} with {values}"


def sections(backend, can_build=docker.can_build):
    """{title: changed lines} for every rule, compared with the Dockerfile's defaults."""
    trials, result = {}, {}
    for architecture, services, given in rules(backend):
        if not can_build(architecture):
            continue
        if architecture not in trials:
            trials[architecture] = arguments.Trial(backend, architecture)
        for target in rehearsal.released_bases(backend, architecture, services, given):
            rehearsal.load(backend, architecture, target)
        result[title(architecture, services, given)] = trials[architecture].change_together(services, given)
    return result


def report(backend):
    return arguments.text(sections(backend))


def kept(backend):
    """The golden file's sections; none where no rule of the backend gives its versions."""
    return arguments.read_sections(golden_path(backend))
