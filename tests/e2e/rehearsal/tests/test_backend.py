"""Rehearses all images of one backend.  usage: test_backend.py BACKEND

What each would install is as the golden files say; each argument's value arrives where it is used, and nothing else
changes with it; the platforms differ only where golden/BACKEND/platforms.txt says; the images themselves are right.
"""
import functools
import re
import subprocess
import sys
import unittest

from rehearse import arguments, described, docker, golden, images, places, platforms, rehearsal, rules

BACKEND = sys.argv.pop(1)
HOMES = described.with_homes({
    "cann": "/usr/local/Ascend", "corex": "/usr/local/corex", "cuda": "/usr/local/cuda", "dtk": "/opt/dtk",
    "hggc": "/usr/local/PPU_SDK", "maca": "/opt/maca", "musa": "/usr/local/musa", "rocm": "/opt/rocm"})
HINT = f"\nIf that is meant: scripts/rehearse --update {BACKEND}, and look at the difference."


@functools.cache
def transcripts(architecture):
    return golden.transcripts(BACKEND, architecture, places.targets(BACKEND, architecture))


@functools.cache
def sections():
    return arguments.sections(BACKEND)


def forms(value):
    """How a value may be written in a command: as it is, as major and minor, with or without the dot, as major."""
    parts = value.split(".")
    found = [value, value.removeprefix("-")]
    if len(parts) > 1 and parts[0].isdigit():
        found += [".".join(parts[:2]), "".join(parts[:2]), parts[0]]
    return found


class Case(unittest.TestCase):
    maxDiff = None

    def each_architecture(self):
        for architecture in places.architectures(BACKEND):
            if docker.can_build(architecture):
                yield architecture
            else:
                print(f"not tried: the sandbox cannot run programs of {architecture}", file=sys.stderr)


class Transcripts(Case):
    def test_are_as_the_golden_files_say(self):
        for architecture in self.each_architecture():
            for target, text in transcripts(architecture).items():
                path = places.golden_path(BACKEND, target, architecture)
                golden.write(golden.kept_path(path), text)
                with self.subTest(target=target, architecture=architecture):
                    lines = golden.difference(golden.read(path), text, path.removeprefix(f"{places.GOLDEN}/"))
                    self.assertFalse(lines, "\n".join(lines) + HINT)

    def test_there_is_no_golden_file_of_an_image_that_is_not_built(self):
        wanted = {places.golden_path(BACKEND, target, architecture) for architecture in places.architectures(BACKEND)
                  for target in places.targets(BACKEND, architecture)}
        self.assertEqual(set(golden.files(BACKEND)) - wanted, set())

    def test_platforms_differ_where_they_must(self):
        if len(places.architectures(BACKEND)) < 2:
            return
        if len(list(self.each_architecture())) == 2:
            text = platforms.report(BACKEND, transcripts)
            path = platforms.golden_path(BACKEND)
            lines = golden.difference(golden.read(path), text, f"{BACKEND}/platforms.txt")
            self.assertFalse(lines, "\n".join(lines) + HINT)


class Images(Case):
    def test_start_with_tini_in_the_root_folder(self):
        for architecture in self.each_architecture():
            for target in transcripts(architecture):
                with self.subTest(target=target, architecture=architecture):
                    config = docker.image_config(images.target_name(BACKEND, target, architecture))
                    self.assertEqual(config["Entrypoint"], ["tini", "--"])
                    self.assertEqual(config["WorkingDir"], "/")
                    self.assertIn(config["User"], ("", "root"))

    def test_say_what_backend_they_are_for(self):
        values = rehearsal.file_of(BACKEND).values()
        name = BACKEND.upper()
        for architecture in self.each_architecture():
            for target in transcripts(architecture):
                with self.subTest(target=target, architecture=architecture):
                    config = docker.image_config(images.target_name(BACKEND, target, architecture))
                    environment = dict(each.split("=", 1) for each in config["Env"])
                    self.assertEqual(environment[f"{name}_HOME"], HOMES[BACKEND])
                    self.assertEqual(environment[f"{name}_VERSION"], values[f"{name}_VERSION"])

    def test_have_tini_and_nothing_left_behind(self):
        transcripts("amd64")
        for target in places.targets(BACKEND, "amd64"):
            with self.subTest(target=target):
                self.assertEqual(self.inside(target, "tini", "--version").split()[0], "tini")
                left = self.inside(target, "find", "/var/lib/apt/lists", "/var/cache/apt/archives", "/tmp", "/root",
                                   "-type", "f", "-not", "-name", ".bashrc", "-not", "-name", ".profile")
                self.assertEqual(left, "")

    def inside(self, target, *command):
        done = subprocess.run(
            ["docker", "run", "--rm", "--network", "none", "--entrypoint", command[0], "--env", "LC_ALL=C.UTF-8",
             images.target_name(BACKEND, target, "amd64"), *command[1:]],
            text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.stdout


class Arguments(Case):
    def test_change_what_the_golden_file_says(self):
        kept = arguments.read_sections(arguments.golden_path(BACKEND))
        for title, lines in sections().items():
            with self.subTest(title):
                now = arguments.text({title: lines}).rstrip("\n")
                found = golden.difference(kept.get(title, ""), now, f"{BACKEND}/arguments.txt")
                self.assertFalse(found, "\n".join(found) + HINT.replace("--update", "--arguments --update"))

    def test_all_are_tried(self):
        titles = {title.split("=")[0] for title in arguments.read_sections(arguments.golden_path(BACKEND))}
        self.assertEqual(titles, set(rehearsal.file_of(BACKEND).arguments))

    def test_reach_the_commands_they_are_for(self):
        needs = rehearsal.file_of(BACKEND).needs
        for title, lines in sections().items():
            name, value = title.removesuffix(" (linux/arm64)").split("=", 1)
            with self.subTest(title):
                if needs[name] == "PLACEHOLDER":
                    self.assertEqual(lines, [])
                elif value:
                    found = [line for line in lines if line.strip().startswith(("+", "refused"))]
                    pattern = "|".join(rf"(?<!\d){re.escape(form)}(?!\d)" for form in forms(value))
                    self.assertTrue(any(re.search(pattern, line) for line in found), "\n".join(lines))
                else:
                    self.assertNotEqual(lines, [])

    def test_that_are_blank_skip_what_they_are_for(self):
        lines = sections().get("VLLM_OMNI_COMMIT=")
        if lines is not None:
            commands = [line.strip() for line in lines if line.strip()[0] in "+-"]
            self.assertTrue(any(line.startswith("-") and "clone" in line or "vllm-omni.git" in line
                                for line in commands))
            self.assertFalse([line for line in commands if line.startswith("+") and "omni" in line])


class Rules(Case):
    def test_change_what_the_golden_file_says(self):
        kept, found = rules.kept(BACKEND), rules.sections(BACKEND)
        self.assertEqual(set(kept) - {rules.title(*each) for each in rules.rules(BACKEND)}, set())
        for title, lines in found.items():
            with self.subTest(title):
                now = arguments.text({title: lines}).rstrip("\n")
                changed = golden.difference(kept.get(title, ""), now, f"{BACKEND}/rules.txt")
                self.assertFalse(changed, "\n".join(changed) + HINT.replace("--update", "--arguments --update"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
