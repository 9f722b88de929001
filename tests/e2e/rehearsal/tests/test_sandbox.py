"""scripts/sandbox itself: what it says, what it starts, and that nothing stays behind.

A sandbox of its own beside the one that may run; the programs come out of that one's folder, so nothing is fetched.
"""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from rehearse import places

SANDBOX = f"{places.ROOT}/scripts/sandbox"
SHOW = "docker version --format '{{.Server.Version}}'"


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
        off = self.sandbox("env")
        self.assertEqual((off.returncode, off.stdout), (1, ""))
        self.assertIn("does not run", off.stderr)
        self.assertEqual(self.sandbox("up").returncode, 0)
        printed = self.sandbox("env").stdout.splitlines()
        names = [line.split("=")[0] for line in printed]
        self.assertEqual(names, [f"export {name}" for name in (
            "DOCKER_HOST", "DOCKER_CONFIG", "RUNNER_SANDBOX_HOME", "RUNNER_SANDBOX_REGISTRY", "PATH")])
        self.assertIn(f"export RUNNER_SANDBOX_REGISTRY=127.0.0.1:{self.port}", printed)

    @contextlib.contextmanager
    def waiting_command(self, name):
        """A command of `run` that is under way, ends where the block does, and asks the daemon last."""
        here, go = self.home / f"{name}.here", self.home / f"{name}.go"
        script = f"touch {here}; until [ -e {go} ]; do sleep 0.1; done; {SHOW}"
        with subprocess.Popen([SANDBOX, "run", "bash", "-c", script], env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as command:
            try:
                while not here.exists() and command.poll() is None:
                    time.sleep(0.1)
                yield command
            finally:
                go.touch()
                said = command.communicate()
                here.unlink(missing_ok=True)
                go.unlink()
        if command.returncode != -signal.SIGINT:
            self.assertEqual((command.returncode, bool(said[0].strip())), (0, True), said[1])

    def runs(self):
        return self.sandbox("status").returncode == 0

    def test_the_last_command_stops_it(self):
        """Two commands side by side: the end of one does not stop the sandbox for the other."""
        with self.waiting_command("one"):
            two = self.sandbox("run", "bash", "-c", SHOW)
            self.assertEqual((two.returncode, bool(two.stdout.strip())), (0, True), two.stderr)
            self.assertTrue(self.runs())
        self.assertFalse(self.runs())
        self.assertTrue((self.home / "root").exists())
        self.assertEqual(self.sandbox("run", "bash", "-c", "exit 3").returncode, 3)

    def test_starts_from_cold_for_several_at_once(self):
        """One daemon for all of them, until the last one's end. Twice: the second time it has run before."""
        for _ in range(2):
            daemon = f"pgrep -f '[k]ill-child.*{self.home}/run/inner.sh'"
            command = [SANDBOX, "run", "bash", "-c", f"{daemon}; sleep 0.$((RANDOM % 9)); {SHOW}"]
            commands = [subprocess.Popen(command, env=self.environment, text=True, stdout=subprocess.PIPE,
                                         stderr=subprocess.PIPE) for _ in range(3)]
            ended = [(each.communicate(), each.returncode) for each in commands]
            for (out, err), code in ended:
                self.assertEqual((code, len(out.splitlines())), (0, 2), err)
            self.assertEqual(len({out for (out, _), _ in ended}), 1)
            self.assertFalse(self.runs())

    def test_up_keeps_what_a_command_started(self):
        with self.waiting_command("one"):
            self.assertEqual(self.sandbox("up").returncode, 0)
        self.assertTrue(self.runs())

    def test_down_leaves_it_to_the_last_command(self):
        self.assertEqual(self.sandbox("up").returncode, 0)
        with self.waiting_command("one"):
            down = self.sandbox("down", "--keep")
            self.assertEqual(down.returncode, 0)
            self.assertIn("stops when the last one is done", down.stderr)
            self.assertTrue(self.runs())
        self.assertFalse(self.runs())
        self.assertTrue((self.home / "root").exists())

    def test_finds_a_daemon_that_has_lost_its_folder(self):
        with self.waiting_command("one"):
            self.assertEqual(self.sandbox("up").returncode, 0)
        shutil.rmtree(self.home / "run")
        self.assertFalse(self.runs())
        again = self.sandbox("run", "bash", "-c", SHOW)
        self.assertEqual((again.returncode, bool(again.stdout.strip())), (0, True), again.stderr)
        self.assertFalse(self.runs())

    def test_an_interrupted_command_stops_it(self):
        with self.waiting_command("one") as command:
            os.killpg(command.pid, signal.SIGINT)
            command.wait()
        self.assertFalse(self.runs())

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
