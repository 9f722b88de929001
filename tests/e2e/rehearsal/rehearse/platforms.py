"""Where the transcripts of the two architectures differ, apart from the names of the architectures themselves."""
from rehearse import golden, places


def golden_path(backend):
    return f"{places.GOLDEN}/{backend}/platforms.txt"


def alike(text):
    """The text with every architecture called by the name that it has on amd64."""
    return text.replace("aarch64", "x86_64").replace("arm64", "amd64")


def report(backend, transcripts):
    """The lines that differ, target for target. transcripts: gives {target: text} of an architecture."""
    amd64, arm64 = transcripts("amd64"), transcripts("arm64")
    parts = []
    for target in amd64:
        if target in arm64:
            lines = [line for line in golden.difference(alike(amd64[target]), alike(arm64[target]), target)
                     if line[0] in "+-" and not line.startswith(("+++", "---"))]
            parts.append("\n".join([target, *(f"  {line}" for line in lines or ["no difference"])]))
    return "\n\n".join(parts) + "\n"
