"""Files as they would be published, as small as can be: archives, wheels."""
import io
import tarfile
import zipfile

EPOCH = (2020, 1, 1, 0, 0, 0)


def tarball(files, links=None, compression="gz"):
    """A compressed tar of {path: text}, all executable, and {path: target} of symbolic links."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=f"w:{compression}") as archive:
        for path, text in sorted(files.items()):
            member = tarfile.TarInfo(path)
            member.size, member.mode = len(text.encode()), 0o755
            archive.addfile(member, io.BytesIO(text.encode()))
        for path, target in sorted((links or {}).items()):
            member = tarfile.TarInfo(path)
            member.type, member.linkname = tarfile.SYMTYPE, target
            archive.addfile(member)
    return buffer.getvalue()


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, EPOCH), data)
    return buffer.getvalue()


def wheel(name, version):
    return zipped({f"{name}-{version}.dist-info/METADATA":
                   f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()})


def script(handler, interpreter="/bin/bash"):
    """A shell script that hands its arguments to a handler of installers.py."""
    return f'#!{interpreter}\nexec /rehearsal/lib/run.py script {handler} "$0" "$@"\n'
