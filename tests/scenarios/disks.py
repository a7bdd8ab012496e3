"""disks - a small disk of its own under a directory of an office: an ext4 file system in a file

    disk = SmallDisk.under(office.home / "data/journal")
    disk.fill()        # to the brim
    disk.make_room()   # what filled it is gone
    disk.freeze()      # whoever writes to it waits, until
    disk.thaw()

What the directory held lies on the disk from then on. It takes root and loop devices: `missing()`
says what is not there, so that a test can be skipped with it. `close` unmounts, however things stand.
"""
import itertools
import os
import pathlib
import shutil
import subprocess
import tempfile

PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
CHUNKS = (64 * 1024, 4096, 1)  # bytes; the last goes into the last block


def run(*words):
    """The standard error of a command that failed; nothing where it went well."""
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "PATH": PATH})
    return None if done.returncode == 0 else done.stderr.strip() or f"{words[0]} failed"


def missing():
    """Why no small disk can be had here; None where it can."""
    if os.geteuid() != 0:
        return "a file system is mounted by root only; run the test as root"
    with tempfile.TemporaryDirectory(prefix="award-disk-") as scratch:
        try:
            SmallDisk(pathlib.Path(scratch) / "mounted").close()
        except (OSError, AssertionError) as error:
            return f"a file system in a file cannot be mounted here: {error}"
    return None


class SmallDisk:
    def __init__(self, directory, megabytes=8):
        self.directory = pathlib.Path(directory)
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="award-disk-"))
        self.image = self.scratch / "image"
        self.ballast = self.directory / "ballast"
        self.frozen = False
        self.directory.mkdir(exist_ok=True)
        with self.image.open("wb") as image:
            image.truncate(megabytes << 20)
        said = (run("mkfs.ext4", "-q", "-m", "0", str(self.image)) or
                run("mount", "-o", "loop", str(self.image), str(self.directory)))
        if said:
            shutil.rmtree(self.scratch)
            raise AssertionError(said)

    @classmethod
    def under(cls, directory, megabytes=8):
        """A disk with what the directory holds."""
        with tempfile.TemporaryDirectory(prefix="award-disk-") as kept:
            held = shutil.copytree(directory, pathlib.Path(kept) / "held")
            disk = cls(directory, megabytes)
            shutil.copytree(held, directory, dirs_exist_ok=True)
        return disk

    def fill(self):
        """Writes until there is no room at all."""
        with self.ballast.open("ab", buffering=0) as ballast:
            for size in CHUNKS:
                try:
                    while True:
                        ballast.write(b"\0" * size)
                        os.fsync(ballast.fileno())
                except OSError:
                    continue

    def room(self):
        """Bytes that are left."""
        found = os.statvfs(self.directory)
        return found.f_bavail * found.f_frsize

    def reserve(self, size):
        """Takes so many bytes, which make_room gives back."""
        self.ballast.write_bytes(b"\0" * size)

    def make_room(self):
        self.ballast.unlink()

    def fill_names(self):
        """Makes files without content until there is no room for another one's name."""
        names = self.directory / "names"
        names.mkdir()
        for number in itertools.count():
            try:
                (names / str(number)).touch()
            except OSError:
                break

    def make_names(self):
        shutil.rmtree(self.directory / "names")

    def freeze(self):
        said = run("fsfreeze", "--freeze", str(self.directory))
        assert said is None, said
        self.frozen = True

    def thaw(self):
        if self.frozen:
            said = run("fsfreeze", "--unfreeze", str(self.directory))
            assert said is None, said
            self.frozen = False

    def close(self):
        if self.scratch.exists():
            self.thaw()
            # Lazily: where the test has failed, files may still be open.
            said = run("umount", str(self.directory)) and run("umount", "-l", str(self.directory))
            shutil.rmtree(self.scratch)
            assert said is None, said
