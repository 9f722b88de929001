"""curl, wget and aria2c: which address, and a file like the one that is there."""
import os
import sys

import addresses
import record
from options import parse
from record import Failure, Unknown


def deliver(url, target, name, tells=False):
    """Writes what the address holds to the target file, or to standard output for None or "-"; tells: the HTTP status
    goes to standard output."""
    content = addresses.content(url)
    if tells:
        print("404" if content is None else "200", end="")
    if content is None:
        raise Failure(f"{url}: 404 Not Found", 22 if name == "curl" else 8)
    if target in (None, "-"):
        sys.stdout.buffer.write(content)
        return
    if os.path.dirname(target) and not os.path.isdir(os.path.dirname(target)):
        raise Failure(f"Failed to open the file {target}: No such file or directory", 23)
    with open(target, "wb") as file:
        file.write(content)


def curl(arguments):
    record.command("curl", arguments)
    found, urls = parse(
        arguments,
        flags=("-f", "-s", "-S", "-L", "-O", "-k", "--fail", "--silent", "--show-error", "--location", "--remote-name",
               "--retry-connrefused", "--retry-all-errors", "--tlsv1.2", "--compressed", "-g", "--globoff"),
        values=("-o", "--output", "--retry", "--retry-delay", "--max-time", "--connect-timeout", "--proto", "-H",
                "-w"))
    if found.get("-w", ["%{http_code}"]) != ["%{http_code}"]:
        raise Unknown("nothing but the status can be told")
    if not {"-f", "--fail"} & found.keys():
        raise Failure("without --fail an error page would be taken for the file", 97)
    if {"-k"} & found.keys():
        raise Failure("certificates have to be checked", 97)
    target = (found.get("-o") or found.get("--output") or [None])[0]
    if {"-O", "--remote-name"} & found.keys():
        target = os.path.basename(urls[0])
    if len(urls) != 1:
        raise Unknown("one address at a time")
    deliver(urls[0], target, "curl", tells="-w" in found)


def wget(arguments):
    record.command("wget", arguments)
    found, urls = parse(arguments, flags=("-q", "-nv", "--quiet", "--no-verbose"),
                        values=("-O", "-P", "--tries", "--timeout"))
    if len(urls) != 1:
        raise Unknown("one address at a time")
    folder = found.get("-P", ["."])[0]
    deliver(urls[0], found.get("-O", [f"{folder}/{os.path.basename(urls[0])}"])[0], "wget")


def aria2c(arguments):
    record.command("aria2c", arguments)
    found, urls = parse(
        arguments, flags=("-q", "--quiet", "--quiet=true", "--allow-overwrite=true", "-c"),
        values=("-x", "-s", "-d", "-o", "--dir", "--out", "--max-connection-per-server", "--split", "--checksum",
                "--console-log-level", "--summary-interval"))
    if len(urls) != 1:
        raise Unknown("one address at a time")
    folder = (found.get("-d") or found.get("--dir") or ["."])[0]
    name = (found.get("-o") or found.get("--out") or [os.path.basename(urls[0])])[0]
    os.makedirs(folder, exist_ok=True)
    deliver(urls[0], f"{folder}/{name}", "aria2c")


COMMANDS = {"curl": curl, "wget": wget, "aria2c": aria2c}
