"""The stand-ins hide nothing: what they do not know, and what the real commands would refuse, fails."""
import json
import subprocess
import unittest

from rehearse import images, rehearsal

READY = "apt-get update -y; apt-get install -y curl git software-properties-common build-essential\n"


class StandIns(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.image = images.vendor_of(rehearsal.file_of("corex"), "corex", "amd64")

    def run_in(self, script):
        """Exit code, output and record of a script in an image that nothing was installed into."""
        done = subprocess.run(
            ["docker", "run", "--rm", "--network", "none", "--env", "LC_ALL=C", self.image, "bash", "-ec",
             # One stream: docker brings two of them over in any order.
             "exec 2>&1; trap 'echo; echo RECORD; cat /rehearsal/log' EXIT\n" + script],
            text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output, _, record = done.stdout.partition("\nRECORD\n")
        return done.returncode, output, [json.loads(line) for line in record.splitlines()]

    def assert_fails(self, script, code, text=""):
        found, output, _ = self.run_in(script)
        self.assertEqual(found, code, output)
        self.assertIn(text, output)

    def test_commands_are_not_there_before_they_are_installed(self):
        for script in ("curl -f https://sh.rustup.rs", "git init", "uv --version", "cmake --version", "xz --version"):
            self.assert_fails(script, 127)

    def test_apt_wants_lists_and_an_answer(self):
        self.assert_fails("apt-get install -y curl", 100, "Unable to locate package")
        self.assert_fails("apt-get update; apt-get install curl", 1, "-y is missing")
        self.assert_fails("apt-get update; apt-get install -y Curl", 100, "Unable to locate package Curl")
        self.assert_fails("apt-get update; apt-get install -y python3.13", 100, "Unable to locate package python3.13")

    def test_unknown_uses_fail(self):
        self.assert_fails(READY + "curl -fsSL https://unknown.example/x", 97, "is not known")
        self.assert_fails(READY + "curl -f --odd https://sh.rustup.rs", 97, "--odd is not known")
        self.assert_fails(READY + "curl -s https://sh.rustup.rs", 97, "without --fail")
        self.assert_fails(READY + "git clone https://unknown.example/nothing.git", 97, "nothing are not known")
        self.assert_fails(READY + "git frobnicate", 97, "frobnicate")
        self.assert_fails("apt-get frobnicate", 97, "frobnicate")
        self.assert_fails("python3 -m frobnicate", 97, "frobnicate")
        self.assert_fails("python3 -m pip install --frobnicate x", 97, "--frobnicate is not known")

    def test_downloads_tell_the_status(self):
        script = READY + """tell() { curl -fsSL -w '%{http_code}' -o /tmp/x "$1" || true; }
            test "$(tell https://sh.rustup.rs)" = 200
            test "$(tell https://content.mellanox.com/hpc/hpc-x/v2.24.1/hpcx-none.tbz)" = 404
        """
        self.assertEqual(self.run_in(script)[0], 0)
        self.assert_fails(READY + "curl -fsSL -w '%{size_download}' https://sh.rustup.rs", 97, "but the status")

    def test_an_unknown_use_is_found_where_the_script_goes_on(self):
        code, _, record = self.run_in(READY + "curl -fsSL https://unknown.example/x || true")
        self.assertEqual(code, 0)
        with self.assertRaisesRegex(Exception, "unknown.example"):
            rehearsal.refuse_unknown({"stage": record})

    def test_python_packages_want_what_they_are_made_from(self):
        self.assert_fails("python3 -m pip install /tmp/missing-1-py3-none-any.whl", 2, "No such file")
        self.assert_fails("python3 -m pip install -r /tmp/missing.txt", 2, "File not found")
        self.assert_fails("mkdir /tmp/empty; cd /tmp/empty; python3 -m pip wheel .", 2, "neither pyproject.toml nor")
        self.assert_fails("python3 -m pip install uv; uv pip install six", 2, "UV_SYSTEM_PYTHON is not set")
        self.assert_fails("python3 -m build --wheel .", 1, "No module named build")
        self.assert_fails("mkdir /tmp/a; cd /tmp/a; rm -r /tmp/a; python3 -m pip install six", 2, "does not exist")

    def test_the_record_has_words_folder_and_own_variables(self):
        _, _, record = self.run_in("cd /opt; export MAX_JOBS=3; LANG=C python3 -m pip install 'a b'==1 2>/dev/null || true\n"
                                   "python3 -m pip install 'six>=1, <2'")
        found = [entry for entry in record if "argv" in entry][-1]
        self.assertEqual(found["argv"], ["python3", "-m", "pip", "install", "six>=1, <2"])
        self.assertEqual(found["cwd"], "/opt")
        self.assertEqual(found["env"], {"MAX_JOBS": "3"})

    def test_installed_versions_are_what_python_tells(self):
        code, output, _ = self.run_in("python3 -m pip install six==1.2.3\n"
                                      "python3 -c 'from importlib.metadata import version; print(version(\"six\"))'")
        self.assertEqual((code, output.strip()), (0, "1.2.3"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
