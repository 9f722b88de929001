"""As much of a Dockerfile as a rehearsal has to know: global arguments, needs, stages and what each is made from."""
import re
from dataclasses import dataclass, field


@dataclass
class Stage:
    name: str
    base: str  # as written, with ${…}
    sources: list = field(default_factory=list)  # of COPY --from= and of mounts
    arguments: set = field(default_factory=set)


@dataclass
class Dockerfile:
    text: str
    arguments: dict  # global ARG: default as written, or ""
    needs: dict  # global ARG: REQUIRED, OPTIONAL or PLACEHOLDER, from the header
    stages: dict  # name: Stage, in order

    def values(self, given=None):
        """The value of every global argument, where the given ones replace defaults."""
        result = {}
        for name, default in self.arguments.items():
            result[name] = given[name] if given and name in given else expand(default, result)
        return result

    def closure(self, targets, values):
        """The stages that the targets need, themselves among them, in the file's order."""
        wanted, rest = set(), list(targets)
        while rest:
            name = rest.pop()
            if name not in self.stages or name in wanted:
                continue
            wanted.add(name)
            stage = self.stages[name]
            rest += [expand(stage.base, values), *stage.sources]
        return [name for name in self.stages if name in wanted]

    def base_images(self, stages, values):
        """The names of images, not stages, that these stages begin with."""
        names = {expand(self.stages[name].base, values) for name in stages}
        return sorted(names - self.stages.keys())


def expand(text, values):
    """Only ${NAME}: the FROM lines and defaults of this centre use nothing else."""
    result = re.sub(r"\$\{(\w+)\}", lambda match: values[match[1]], text)
    if "$" in result:
        raise ValueError(f"{text!r} is expanded in a way that the rehearsal does not know")
    return result


def instructions(text):
    """Yields (logical line, bodies of its heredocs), without comments, continuation lines joined by a blank."""
    lines = iter(text.split("\n"))
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        while line.endswith("\\"):
            line = line[:-1] + " " + next(lines).strip()
        bodies = []
        for end in re.findall(r"<<-?[\"']?(\w+)[\"']?", line):
            body = []
            while (inner := next(lines)).strip() != end:
                body.append(inner)
            bodies.append("\n".join(body) + "\n")
        yield line, bodies


def read(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    needs = dict(re.findall(r"^# +([A-Z][A-Z0-9_]+) +(REQUIRED|OPTIONAL|PLACEHOLDER)\b", text, re.M))
    result = Dockerfile(text, {}, needs, {})
    stage = None
    for line, _ in instructions(text):
        keyword, _, rest = line.partition(" ")
        if keyword == "FROM":
            match = re.fullmatch(r"(?:--platform=\S+ +)?(\S+) +AS +(\S+)", rest.strip())
            stage = result.stages[match[2]] = Stage(match[2], match[1])
        elif keyword == "ARG":
            name, _, default = rest.strip().partition("=")
            if stage:
                stage.arguments.add(name)
            else:
                result.arguments[name] = default.strip('"')
        elif stage:
            stage.sources += re.findall(r"(?:--from=|[,=]from=)([\w.-]+)", rest)
    return result
