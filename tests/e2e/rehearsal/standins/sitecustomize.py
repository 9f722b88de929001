"""Gives Python the version of the image's Python, and the distributions that stand-ins have installed."""
import os
import sys
from collections import namedtuple

_version = os.environ.get("REHEARSAL_PYTHON")
if _version:
    sys.path.insert(0, "/rehearsal/site")
    _major, _minor = map(int, _version.split("."))
    _info = namedtuple("version_info", "major minor micro releaselevel serial")
    sys.version_info = _info(_major, _minor, 0, "final", 0)
    sys.version = f"{_version}.0 (rehearsal)"

    with open("/rehearsal/machine", encoding="utf-8") as _file:
        _machine = _file.read().strip()
    _uname = list(os.uname())
    os.uname = lambda: os.uname_result([*_uname[:4], _machine])
