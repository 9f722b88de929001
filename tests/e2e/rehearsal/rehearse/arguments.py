"""What changes in the transcripts when an argument changes: the proof that its value reaches the command it is for."""
import concurrent.futures
import re

from rehearse import docker, golden, places, rehearsal, transcript, variations


REFUSAL = re.compile(r"(?:^#\d+ )?\d+\.\d+ (?P<text>(?:The image holds|python3 is still|There is no PyTorch) .*)$", re.M)


def golden_path(backend):
    return f"{places.GOLDEN}/{backend}/arguments.txt"


def changed_lines(before, after):
    """Stage for stage the lines that went and those that came; a stage that is new or gone is said in one line."""
    lines = []
    for name in [*before, *(each for each in after if each not in before)]:
        if name not in after or name not in before:
            lines.append(f"  {'-' if name not in after else '+'} stage {name}")
            continue
        changes = [line for line in golden.difference(before[name], after[name], name)
                   if line[0] in "+-" and not line.startswith(("+++", "---"))]
        if changes:
            lines += [f"  in {name}", *(f"    {line}" for line in changes)]
    return lines


class Trial:
    """One Dockerfile under changed arguments; what stays the same comes from the build cache."""

    def __init__(self, backend, architecture):
        self.backend, self.architecture = backend, architecture
        self.file = rehearsal.file_of(backend)
        golden.prepare_runtime(backend, architecture)
        self._plain = self._texts({}, runtime=True)

    def _texts(self, given, runtime, services=None):
        """{stage: transcript}. Services stand on the runtime image as it is without changed arguments."""
        result = {}
        if services is None:
            services = [name for name in places.targets(self.backend, self.architecture) if name != "runtime"]
        for wanted in ([["runtime"]] if runtime else []) + [services]:
            for name, record in rehearsal.records(self.backend, self.architecture, wanted, given).items():
                result[name] = "\n".join(transcript.stage_lines(record, self.file.arguments.keys()))
        return result

    def _reaches_runtime(self, given):
        """Whether the runtime stage can differ: by its own arguments, or by the name that it begins with."""
        before, after = self.file.values(), self.file.values(given)
        stage = self.file.stages["runtime"]
        changed = {name for name in before if before[name] != after[name]}
        return bool(changed & (stage.arguments | set(re.findall(r"\w+", stage.base))))

    def texts(self, given):
        if not given:
            return self._plain
        runtime = self._reaches_runtime(given)
        kept = {} if runtime else {"runtime": self._plain["runtime"]}
        return kept | self._texts(given, runtime)

    def change_together(self, services, given):
        """The lines that change in the stages of these services when several arguments get a value."""
        before = self.file.closure(services, self.file.values())
        return changed_lines({name: self._plain[name] for name in before}, self._texts(given, False, services))

    def change(self, name, value):
        """The lines that change when one argument gets a value, or the line with which the build refuses it."""
        beside = variations.BESIDE.get(name, {})
        try:
            return changed_lines(self.texts(beside), self.texts({**beside, name: value}))
        except docker.BuildError as problem:
            if match := REFUSAL.search(str(problem)):
                return [f"  refused: {match['text']}"]
            raise


def declared(file, targets):
    """The arguments that some stage of these targets declares or begins with."""
    stages = [file.stages[name] for name in file.closure(targets, file.values())]
    names = set().union(*(stage.arguments | set(re.findall(r"\$\{(\w+)\}", stage.base)) for stage in stages))
    return {name for name in file.arguments if name in names}


def cases(backend):
    """(title, architecture, name, value) to try. A blank one where the argument is optional and has a default.

    An argument is tried on amd64, and where a target is for arm64 alone, such arguments of it on arm64.
    """
    file = rehearsal.file_of(backend)
    both = declared(file, places.targets(backend, "amd64"))
    own = declared(file, places.own_targets(backend, "arm64")) if places.own_targets(backend, "arm64") else set()
    for name, default in file.values().items():
        blank = [""] if file.needs.get(name) == "OPTIONAL" and default else []
        for value in [*variations.values(name, default), *blank]:
            if name in both or name not in own:
                yield f"{name}={value}", "amd64", name, value
            if name in own:
                yield f"{name}={value} (linux/arm64)", "arm64", name, value


def sections(backend, can_build=docker.can_build):
    """{title: changed lines} for every argument of a Dockerfile, as far as the sandbox can build."""
    trials, result, wanted = {}, {}, list(cases(backend))
    for architecture in sorted({architecture for _, architecture, _, _ in wanted}):
        if can_build(architecture):
            trials[architecture] = Trial(backend, architecture)
    possible = [case for case in wanted if case[1] in trials]
    # Two at a time: a build waits for its client about as long as for its steps.
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda case: trials[case[1]].change(case[2], case[3]), possible)
        for (title, *_), lines in zip(possible, found):
            result[title] = lines
    return result


def text(found):
    return "\n\n".join("\n".join([title, *(lines or ["  changes nothing"])]) for title, lines in found.items()) + "\n"


def read_sections(path):
    """The golden file's sections, as text."""
    return {part.split("\n", 1)[0]: part.rstrip("\n") for part in golden.read(path).split("\n\n") if part.strip()}


def report(backend):
    return text(sections(backend))
