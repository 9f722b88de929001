"""scripts/sandbox itself: what it says, what it starts, and that nothing stays behind.

A sandbox of its own beside the one that may run; the programs come out of that one's folder, so nothing is fetched.
"""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from rehearse import places

SANDBOX = f"{places.ROOT}/scripts/sandbox"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return str(found.getsockname()[1])


def link_or_copy(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


class Sandbox(unittest.TestCase):
    def setUp(self):
        kept = tempfile.TemporaryDirectory()
        self.addCleanup(kept.cleanup)
        self.home = pathlib.Path(kept.name) / "sandbox"
        self.home.mkdir()
        self.port = free_port()
        self.environment = {**os.environ, "RUNNER_SANDBOX_HOME": str(self.home),
                            "RUNNER_SANDBOX_REGISTRY_PORT": self.port}
        shutil.copytree(f"{os.environ['RUNNER_SANDBOX_HOME']}/root", self.home / "root", symlinks=True,
                        copy_function=link_or_copy)
        self.addCleanup(self.sandbox, "down")

    def sandbox(self, *arguments, **more):
        return subprocess.run([SANDBOX, *arguments], env=self.environment, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def names_of_the_kernel(self):
        """Bridges, and processes that have the sandbox's folder in their command line."""
        # The ends of other tests' containers come and go.
        bridges = {name for name in os.listdir("/sys/class/net") if not name.startswith("veth")}
        processes = subprocess.run(["pgrep", "-f", str(self.home)], text=True, check=False, stdout=subprocess.PIPE)
        mounts = [line for line in pathlib.Path("/proc/self/mounts").read_text().splitlines() if str(self.home) in line]
        return bridges, processes.stdout.split(), mounts

    def test_starts_and_leaves_nothing_behind(self):
        bridges, _, _ = self.names_of_the_kernel()
        self.assertEqual(self.sandbox("status").returncode, 1)
        up = self.sandbox("up")
        self.assertEqual(up.returncode, 0, up.stderr)
        self.assertIn(f"registry 127.0.0.1:{self.port}", self.sandbox("status").stderr)
        self.assertEqual(self.sandbox("up").returncode, 0)
        self.assertEqual(self.sandbox("down").returncode, 0)
        self.assertEqual(self.names_of_the_kernel(), (bridges, [], []))
        self.assertFalse(self.home.exists())

    def test_env_prints_exports(self):
        printed = self.sandbox("env").stdout.splitlines()
        names = [line.split("=")[0] for line in printed]
        self.assertEqual(names, [f"export {name}" for name in (
            "DOCKER_HOST", "DOCKER_CONFIG", "RUNNER_SANDBOX_HOME", "RUNNER_SANDBOX_REGISTRY", "PATH")])
        self.assertIn(f"export RUNNER_SANDBOX_REGISTRY=127.0.0.1:{self.port}", printed)

    def test_run_starts_it_and_the_last_one_stops_it(self):
        """Two commands side by side: the first one's end does not stop the sandbox for the second."""
        show = "docker version --format '{{.Server.Version}}'"
        with subprocess.Popen([SANDBOX, "run", "bash", "-c", f"touch {self.home}/one; sleep 4; {show}"],
                              env=self.environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as one:
            while not (self.home / "one").exists() and one.poll() is None:
                time.sleep(0.1)
            two = self.sandbox("run", "bash", "-c", show)
            self.assertEqual((two.returncode, bool(two.stdout.strip())), (0, True), two.stderr)
            self.assertEqual(self.sandbox("status").returncode, 0)
            self.assertTrue(one.communicate()[0].strip())
        self.assertEqual(self.sandbox("status").returncode, 1)
        self.assertTrue((self.home / "root").exists())
        self.assertEqual(self.sandbox("run", "bash", "-c", "exit 3").returncode, 3)

    def test_says_what_it_needs(self):
        done = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", SANDBOX, "up"],
                              env=self.environment, text=True, check=False, stderr=subprocess.PIPE, cwd="/")
        self.assertEqual(done.returncode, 1)
        self.assertIn("needs root", done.stderr)

    def test_refuses_other_words(self):
        for words in ([], ["start"], ["down", "now"], ["run"], ["up", "up"]):
            done = self.sandbox(*words)
            self.assertEqual((done.returncode, "usage: scripts/sandbox" in done.stderr), (2, True))


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
