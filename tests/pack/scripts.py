#!/usr/bin/env python3
"""What the scripts of pack/ decide by themselves, with stand-ins for the programs that need a network or a device.

usage: scripts.py SOURCE_DIR     exit 77: skipped, dpkg or PyYAML is missing
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    import yaml
except ImportError:
    yaml = None

ROOT = pathlib.Path(sys.argv.pop(1))


def run(script, *arguments, path=None, **environment):
    """The exit code, standard output and error of a script in pack/; path stands before the PATH of this machine."""
    settings = dict(os.environ, **environment)
    if path:
        settings["PATH"] = f"{path}:{settings['PATH']}"
    done = subprocess.run(["bash", ROOT / "pack" / script, *arguments], env=settings, capture_output=True, text=True)
    return done.returncode, done.stdout.strip(), done.stderr


class Folder(unittest.TestCase):
    """A test with a folder of its own, and programs in it."""

    def setUp(self):
        kept = tempfile.TemporaryDirectory()
        self.addCleanup(kept.cleanup)
        self.folder = pathlib.Path(kept.name)

    def program(self, name, text):
        file = self.folder / name
        file.write_text("#!/bin/bash\n" + text)
        file.chmod(0o755)


class Lists(unittest.TestCase):
    def notes(self, backend):
        matrix = yaml.safe_load((ROOT / "matrix.yml").read_text())
        return "\n".join(note["text"] for note in matrix["backends"][backend]["notes"])

    def test_compute_capabilities_are_those_of_the_notes(self):
        seen = 0
        noted = re.findall(r"CUDA ([\d./]+) supports the compute capabilities `(.*?)`", self.notes("cuda"))
        for versions, archs in noted:
            for version in versions.split("/"):
                self.assertEqual(run("cuda/archs.sh", "all", "", version + ".1")[1], archs)
                seen += 1
        self.assertEqual(seen, 4)

    def test_llvm_targets_are_those_of_the_notes(self):
        seen = 0
        for versions, archs in re.findall(r"ROCm ([\d./]+) supports the LLVM targets `(.*?)`", self.notes("rocm")):
            for version in versions.split("/"):
                self.assertEqual(run("rocm/archs.sh", "all", "", version + ".1")[1], archs.replace(" ", ";"))
                seen += 1
        for version, arch in re.findall(r"ROCm ([\d.]+) SGLang supports `(gfx\w+)` only", self.notes("rocm")):
            self.assertEqual(run("rocm/archs.sh", "sglang", "", version + ".2")[1], arch)
            seen += 1
        self.assertEqual(seen, 5)

    def test_what_is_asked_for_counts_as_far_as_it_is_known(self):
        self.assertEqual(run("cuda/archs.sh", "experts", "9.0a", "12.9.1")[1], "9.0a")
        self.assertEqual(run("rocm/archs.sh", "all", "gfx1100 gfx942", "7.0.2")[1], "gfx1100;gfx942")
        self.assertEqual(run("rocm/archs.sh", "cdna", "gfx1100", "7.0.2"), (0, "", ""))
        self.assertEqual(run("rocm/archs.sh", "sglang", "gfx942;gfx1100", "7.0.2")[1], "gfx942")
        for asked in ("gfx1100", "gfx942;gfx950"):
            code, _, error = run("rocm/archs.sh", "sglang", asked, "7.0.2")
            self.assertEqual(code, 1)
            self.assertIn(asked, error)

    def test_targets_that_rocm_does_not_know_are_refused(self):
        for asked, version in (("gfx999", "7.0.2"), ("gfx950", "6.4.4"), ("gfx942;gfx1150", "6.4.4")):
            code, printed, error = run("rocm/archs.sh", "all", asked, version)
            self.assertEqual((code, printed), (1, ""), asked)
            self.assertIn(f"no {asked.split(';')[-1]} with ROCm {version}", error)
            self.assertIn("gfx908 gfx90a gfx942", error)

    def test_names_are_left_out(self):
        self.assertEqual(run("common/without.sh", "--without", "b", "c", "--", "a", "b", "c", "d")[1], "a\nd")
        self.assertEqual(run("common/without.sh", "--", "a")[1], "a")
        code, _, error = run("common/without.sh", "--without", "x", "--", "a")
        self.assertEqual(code, 1)
        self.assertIn("x", error)


class Jobs(Folder):
    def test_half_of_the_processors_within_limits(self):
        for processors, asked, limit, jobs in [(64, "", 4, 4), (6, "", 4, 3), (1, "", 4, 1), (64, "3", 4, 3),
                                               (2, "16", 8, 8), (2, "0", 8, 1), (2, "08", 16, 8)]:
            self.program("nproc", f"echo {processors}")
            self.assertEqual(run("common/jobs.sh", asked, str(limit), path=self.folder)[1], str(jobs))

    def test_what_is_no_number_is_refused(self):
        for asked in ("1.5", "abc", "-1", "2 3"):
            code, printed, error = run("common/jobs.sh", asked, "4")
            self.assertEqual((code, printed), (1, ""), asked)
            self.assertIn(f"'{asked}'", error)


class Fetch(Folder):
    """curl gives out what lies in the folder "served" under the last part of the address, in place of the status 404
    whatever the file "status" says, and breaks off after a byte of what is called "broken"."""

    def setUp(self):
        super().setUp()
        served = self.folder / "served"
        served.mkdir()
        self.program("curl", f"""
            from="{served}/$(basename "${{@: -1}}")" to="${{@: -2:1}}"
            if [[ "${{from}}" == *broken* ]]; then
                echo -n x > "${{to}}"
                echo -n 200
                exit 18
            fi
            if [[ ! -e "${{from}}" ]]; then
                cat "{self.folder}/status" 2>/dev/null || echo -n 404
                exit 22
            fi
            cp "${{from}}" "${{to}}"
            echo -n 200
        """)
        (served / "tool.tar.gz").write_text("tool")
        self.served = served
        self.checksum = hashlib.sha256(b"tool").hexdigest()
        self.file = self.folder / "got"

    def fetch(self, *options):
        return run("common/fetch.sh", *options, "https://example.org/tool.tar.gz", str(self.file), path=self.folder)

    def test_checksums_come_from_a_list_or_alone(self):
        for text in (f"{'0' * 64}  other.tar.gz\n{self.checksum}  tool.tar.gz\n", f"{self.checksum} *x/y/tool.tar.gz\n",
                     self.checksum):
            (self.served / "sums").write_text(text)
            self.assertEqual(self.fetch("--sums", "https://example.org/sums")[0], 0, text)
            self.assertEqual(self.file.read_text(), "tool")

    def test_another_file_than_promised_does_not_stay(self):
        for text in (f"{'0' * 64}  tool.tar.gz\n", f"{self.checksum}  other.tar.gz\n", "<html>no</html>", ""):
            (self.served / "sums").write_text(text)
            self.assertNotEqual(self.fetch("--sums", "https://example.org/sums")[0], 0, text)
            self.assertFalse(self.file.exists())
        self.assertEqual(self.fetch("--sha256", "1" * 64)[0], 1)
        self.assertFalse(self.file.exists())
        self.assertEqual(self.fetch("--sha256", self.checksum)[0], 0)
        self.assertEqual([file.name for file in self.folder.glob("got*")], ["got"])

    def test_what_breaks_off_does_not_stay(self):
        for options in ((), ("--sha256", self.checksum), ("--sums", "https://example.org/sums")):
            broken = "https://example.org/broken.tar.gz"
            (self.served / "sums").write_text(self.checksum)
            code = run("common/fetch.sh", *options, broken, str(self.file), path=self.folder)[0]
            self.assertEqual((code, list(self.folder.glob("got*"))), (1, []), options)
        code = self.fetch("--sums", "https://example.org/broken")[0]
        self.assertEqual((code, list(self.folder.glob("got*"))), (1, []))

    def test_nothing_there_is_told_from_every_other_failure(self):
        (self.served / "sums").write_text(self.checksum)
        (self.served / "tool.tar.gz").unlink()
        for options in ((), ("--sha256", self.checksum), ("--sums", "https://example.org/sums")):
            self.assertEqual(self.fetch(*options)[0], 4, options)
        for status in ("403", "500", "000"):
            (self.folder / "status").write_text(status)
            self.assertEqual(self.fetch()[0], 1, status)
            (self.folder / "status").unlink()
        (self.served / "tool.tar.gz").write_text("tool")
        self.assertEqual(self.fetch("--sums", "https://example.org/no-sums")[0], 1)
        self.assertFalse(self.file.exists())


class Engine(Folder):
    def test_the_tag_says_what_is_inside(self):
        self.program("uv", "echo tree")
        self.program("python3", 'if [[ "$3" == vllm ]]; then echo 0.11.0+das.opt1; fi')
        code, shown, _ = run("common/check-engine.sh", "vllm", "VLLM_VERSION", "0.11.0", path=self.folder)
        self.assertEqual((code, shown), (0, "tree"))
        for name, version in (("vllm", "0.11.2"), ("vllm", ""), ("sglang", "0.11.0")):
            self.assertEqual(run("common/check-engine.sh", name, "VLLM_VERSION", version, path=self.folder)[0], 1)

    def test_the_version_of_a_distribution(self):
        same = pathlib.Path(sys.executable).parent
        self.assertEqual(run("common/version.sh", "pyyaml", path=same)[1], yaml.__version__)
        self.assertEqual(run("common/version.sh", "no-such-distribution", path=same)[:2], (0, ""))


class Torch(Folder):
    """python3 says that the PyTorch is the one in the file "installed"; uv writes down what it is asked for."""

    def install(self, installed, *arguments, machine="x86_64"):
        self.program("python3", f"echo {installed}")
        self.program("uname", f"echo {machine}")
        self.program("uv", f'echo "$*" > {self.folder}/asked')
        code = run("common/torch.sh", *arguments, path=self.folder)[0]
        return code, (self.folder / "asked").read_text() if code != 2 else ""

    def test_index_and_kind(self):
        for installed, arguments, source in [
                ("2.10.0+cu129", ("cuda", "2.10.0", "12.9.1"), "download.pytorch.org/whl/cu129"),
                ("2.10.0+rocm7.0", ("rocm", "2.10.0", "7.0.2", "pytorch"), "download.pytorch.org/whl/rocm7.0"),
                ("2.9.1+rocm7.1.1.lw.git351", ("rocm", "2.9.1", "7.1.1", "radeon"), "rocm-rel-7.1.1/"),
                ("2.9.1+rocm7.0.0.lw.git351", ("rocm", "2.9.1", "7.0.0", "radeon"), "rocm-rel-7.0/"),
                ("2.9.0+cpu", ("cpu", "2.9.0"), "download.pytorch.org/whl/cpu")]:
            code, asked = self.install(installed, *arguments)
            self.assertEqual(code, 0, arguments)
            self.assertIn(f"torch=={arguments[1]} ", asked)
            self.assertIn(source, asked)
        self.assertNotIn("http", self.install("2.9.0", "cpu", "2.9.0", machine="aarch64")[1])

    def test_another_kind_fails(self):
        self.assertEqual(self.install("2.7.1+cu126", "cuda", "2.7.1", "12.9.1")[0], 1)
        self.assertEqual(self.install("2.10.0", "rocm", "2.10.0", "7.1.1", "radeon")[0], 1)
        self.assertEqual(self.install("2.9.0", "cpu", "2.9.0")[0], 1)
        self.assertEqual(self.install("2.9.0", "rocm", "2.9.0", "7.0", "elsewhere")[0], 2)


class Homes(Folder):
    def test_the_newest_one_gets_the_name(self):
        for version in ("4.9", "4.10"):
            (self.folder / f"sdk-{version}").mkdir()
        self.assertEqual(run("common/link-home.sh", str(self.folder / "sdk"))[0], 0)
        self.assertEqual(os.readlink(self.folder / "sdk"), str(self.folder / "sdk-4.10"))
        self.assertEqual(run("common/link-home.sh", str(self.folder / "sdk"))[0], 0)
        self.assertEqual(run("common/link-home.sh", str(self.folder / "other"))[0], 1)


class Ascend(Folder):
    def test_the_environment_leaves_the_shell_as_it_was(self):
        script = f'set -euo pipefail; source {ROOT}/pack/cann/environment.sh build; echo "$-"; false; echo on'
        done = subprocess.run(["bash", "-c", script], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("e", done.stdout)
        self.assertIn("u", done.stdout)
        self.assertNotIn("on", done.stdout)

    def test_the_daemon_logs_to_the_standard_output_unless_told(self):
        command = self.folder / "mindie-service" / "bin" / "mindieservice_daemon"
        command.parent.mkdir(parents=True)
        shutil.copy(ROOT / "pack/cann/mindie-daemon.sh", command)
        self.program("mindie-service/bin/mindieservice_daemon.real", 'echo "$*"; env')
        settings = {"PATH": os.environ["PATH"], "ATB_LOG_LEVEL": "INFO"}
        done = subprocess.run(["bash", command, "an argument"], env=settings, capture_output=True, text=True)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "an argument")
        for setting in ("MINDIE_LLM_LOG_TO_STDOUT=1", "MINDIE_LLM_LOG_TO_FILE=0", "ATB_LOG_LEVEL=INFO",
                        "OCK_LOG_LEVEL=ERROR", f"MIES_INSTALL_PATH={self.folder}/mindie-service"):
            self.assertIn(setting, lines)


if __name__ == "__main__":
    if not shutil.which("dpkg") or not yaml:
        print("skipped: dpkg or PyYAML is missing")
        sys.exit(77)
    unittest.main()
