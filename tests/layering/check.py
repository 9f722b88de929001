#!/usr/bin/env python3
"""Fails where a layer knows another that it must not: core a screen, ui YAML, processes, sockets or SQL.

usage: check.py SOURCE_DIR
"""
import pathlib
import re
import sys

QT_SCREEN = (r"<Qt(Widgets|Gui)/|<Q(Widget|Dialog|MessageBox|Application|GuiApplication|Painter|Pixmap|Image|Icon|"
             r"Color|Font|Palette|Action|MainWindow|\w+View|PlainTextEdit)>")
RULES = {
    "core": [QT_SCREEN, r"Qt\d?::(Gui|Widgets|Svg|PrintSupport)"],
    "ui": [r"yaml-cpp", r"<QProcess", r"<QNetworkAccessManager>", r"<Q(Tcp|Udp|Local)Socket>", r"<QSql"],
}
MUST_NOT_INCLUDE = {"core": r'#include "(ui|app)/', "ui": r'#include "app/'}


def findings(root, folder):
    patterns = RULES[folder] + [MUST_NOT_INCLUDE[folder]]
    for path in sorted((root / folder).rglob("*")):
        if path.suffix not in (".h", ".cpp", ".txt"):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(r"#\s*include|target_link_libraries|Qt\d?::", line):
                for pattern in patterns:
                    if re.search(pattern, line):
                        yield f"{path.relative_to(root)}:{number}: {folder} must not know this: {line.strip()}"


def main():
    root = pathlib.Path(sys.argv[1])
    assert re.search(QT_SCREEN, "#include <QWidget>"), "the check itself is broken"
    found = [text for folder in RULES for text in findings(root, folder)]
    print("\n".join(found) or "the layers are clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
