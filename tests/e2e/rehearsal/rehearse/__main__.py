"""The command behind scripts/rehearse."""
import argparse
import sys
import time

from rehearse import arguments, docker, golden, places, platforms, rules


def parse():
    parser = argparse.ArgumentParser(
        prog="scripts/rehearse",
        description="Builds the images of pack/ on stand-ins and compares what they would install with golden files.")
    parser.add_argument("images", nargs="*", metavar="BACKEND[/TARGET]", help="only these; default: all")
    parser.add_argument("--update", action="store_true", help="write the golden files anew")
    parser.add_argument("--architecture", choices=("amd64", "arm64"), help="only this one")
    parser.add_argument("--arguments", action="store_true",
                        help="instead: what changes with each build argument (golden/BACKEND/arguments.txt) and with each "
                             "rule of matrix.yml (rules.txt)")
    given = parser.parse_args()
    for name in given.images:
        backend, _, target = name.partition("/")
        if backend not in places.TARGETS or (target and target not in places.TARGETS[backend]):
            parser.error(f"there is no {name}; backends and targets: " + ", ".join(
                f"{each}/{{{','.join(found)}}}" for each, found in places.TARGETS.items()))
    return given


def wanted(given):
    """(backend, architecture, targets) of what is to be rehearsed."""
    for backend in places.TARGETS:
        chosen = [name for name in given.images if name.split("/")[0] == backend]
        if given.images and not chosen:
            continue
        for architecture in places.architectures(backend):
            targets = [name for name in places.targets(backend, architecture)
                       if not chosen or backend in chosen or f"{backend}/{name}" in chosen]
            if targets and given.architecture in (None, architecture):
                yield backend, architecture, targets


def settle(path, text, update):
    """Keeps, compares or renews one golden file; returns whether it is right now."""
    kept = golden.kept_path(path)
    golden.write(kept, text)
    if update:
        golden.write(path, text)
        print(f"  wrote {path}")
        return True
    lines = golden.difference(golden.read(path), text, path.removeprefix(f"{places.GOLDEN}/"))
    print("\n".join([f"  {'as before' if not lines else 'CHANGED'}: {kept}", *lines]))
    return not lines


def main():
    given, right, found = parse(), True, {}
    for backend, architecture, targets in wanted(given):
        if architecture == "amd64":
            found = {}
        start = time.monotonic()
        if not docker.can_build(architecture):
            print(f"{backend} linux/{architecture}: skipped, the sandbox cannot run programs of {architecture}")
            continue
        print(f"{backend} linux/{architecture}: {' '.join(targets)}", flush=True)
        try:
            if given.arguments:
                if architecture == "amd64":
                    right &= settle(arguments.golden_path(backend), arguments.report(backend), given.update)
                    if text := rules.report(backend).strip():
                        right &= settle(rules.golden_path(backend), text + "\n", given.update)
            else:
                found[architecture] = golden.transcripts(backend, architecture, targets)
                for target, text in found[architecture].items():
                    right &= settle(places.golden_path(backend, target, architecture), text, given.update)
                if len(found) == 2 and targets == places.targets(backend, architecture):
                    right &= settle(platforms.golden_path(backend), platforms.report(backend, found.get), given.update)
        except docker.BuildError as problem:
            print(problem)
            right = False
        print(f"  {time.monotonic() - start:.1f} s", flush=True)
    return 0 if right else 1


sys.exit(main())
