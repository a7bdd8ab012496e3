"""faketime - a clock of the system that a test steps

libfaketime lies between programs and the system's clock and adds what a file says, read anew at every
look; timers go by the monotonic clock, which is left alone. Beside AddressSanitizer it cannot be loaded.
That a clock was set the system tells a program only of its real clock; so the programs are told as well
that somebody waits for signs of life, and look at the clock with each.
"""
import datetime
import math
import pathlib
import tempfile
import time

import wire

SIGN_SECONDS = 2
LIBRARY = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


def moment_of(text):
    found = datetime.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=wire.SHANGHAI)


class Clock:
    """What the programs of a test take for the time."""

    def __init__(self):
        assert LIBRARY, "install the package libfaketime"
        self.directory = tempfile.TemporaryDirectory()
        self.file = pathlib.Path(self.directory.name) / "offset"

    def set(self, moment):
        """A moment in Beijing, from which the time goes on."""
        new = self.file.with_suffix(".new")
        ahead_ms = math.ceil((moment_of(moment).timestamp() - time.time()) * 1000)  # never before the moment
        new.write_text("%+.3f\n" % (ahead_ms / 1000))
        new.rename(self.file)

    def environment(self, zone):
        return {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(self.file),
                "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": zone,
                "WATCHDOG_USEC": str(2 * SIGN_SECONDS * 1000000)}

    def close(self):
        self.directory.cleanup()
