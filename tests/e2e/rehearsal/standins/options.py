"""Splits a command line into options and operands, knowing which options there are."""
from record import Unknown


def parse(arguments, flags=(), values=()):
    """Returns ({option: [values]}, [operands]); an option that is in neither list is unknown.

    values: options with a value, as "--name VALUE" or "--name=VALUE". Short flags may be put together ("-fsSL").
    """
    found, operands = {}, []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            operands += rest
            break
        if word == "-" or not word.startswith("-"):
            operands.append(word)
        elif name in values:
            if not equals and not rest:
                raise Unknown(f"{name} has no value")
            found.setdefault(name, []).append(value if equals else rest.pop(0))
        elif word in flags:
            found.setdefault(word, []).append("")
        elif word[:2] in values and len(word) > 2 and not word.startswith("--"):
            found.setdefault(word[:2], []).append(word[2:])
        elif not word.startswith("--") and len(word) > 2 and all(f"-{c}" in (*flags, *values) for c in word[1:]):
            rest = [f"-{c}" for c in word[1:]] + rest
        else:
            raise Unknown(f"the option {word} is not known here")
    return found, operands
