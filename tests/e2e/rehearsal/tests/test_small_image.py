"""A small image goes the whole way.  usage: test_small_image.py RUNNERCTL

Built with the arguments that `runnerctl command` prints, pushed to the sandbox's registry, removed, pulled, run: its
tini is process 1.
"""
import json
import os
import resource
import subprocess
import sys
import unittest

from rehearse import docker, images, places

RUNNERCTL = sys.argv.pop(1)
CENTRE = f"{places.HERE}/small"
NAMESPACE = f"{os.environ['RUNNER_SANDBOX_REGISTRY']}/runner-small"
# A daemon cannot give its containers more open files than the machine gives it; then the limit has to be left out.
LIMITS = ["--ulimit", "none"] if resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 65536 else []
WORDS = "it's a \"word\" or $two"


class SmallImage(unittest.TestCase):
    def job(self):
        """The one job that runnerctl names for the tag: image, folder and argument vector."""
        printed = subprocess.run(
            [RUNNERCTL, "-C", CENTRE, "command", "tiny1.2-echo4.5.6", "--format", "json", "--push", "--no-cache-from",
             "--cache-to", "never", "--namespace", NAMESPACE, "--arg", f"ECHO_WORDS={WORDS}",
             *LIMITS, "--build-context", f"runner-small/base:1=docker-image://{images.root('amd64')}"],
            check=True, text=True, stdout=subprocess.PIPE).stdout
        jobs = json.loads(printed)
        self.assertEqual(len(jobs), 1)
        return jobs[0]

    def test_goes_the_whole_way(self):
        job = self.job()
        self.assertEqual(job["image"], f"{NAMESPACE}/runner:tiny1.2-echo4.5.6-linux-amd64")
        done = subprocess.run(job["command"], cwd=job["folder"], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)
        subprocess.run(["docker", "image", "rm", "--force", job["image"]], check=False, stdout=subprocess.DEVNULL)
        self.assertFalse(docker.has_image(job["image"]))
        docker.run(["pull", "--quiet", job["image"]])
        self.assertEqual(docker.image_config(job["image"])["Entrypoint"], ["tini", "--"])
        said = docker.run(["run", "--rm", "--network", "none", job["image"]]).splitlines()
        self.assertEqual(said[:4], ["tiny 1.2.3", "echo 4.5.6", "linux/amd64", WORDS])
        self.assertEqual(said[4].split("\0")[:3], ["tini", "--", "cat"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
