"""The small office that `awardctl doctor` is run beside, and what it says of it."""
import json
import os
import signal
import unittest
import unittest.mock

import rig
from rig import DAEMON, Office

WELL, WARNING, FAILED, UNKNOWN = range(4)  # exit status
START = "2018-03-01T09:00:00+08:00"
# Whom the alert policy names, so that everybody can be told.
PEOPLE = {"office": "office", "head": "office", "director": "office", "admin": "administrator",
          "supervision": "supervision_committee", "government": "government", "bureau": "bureau",
          "selection-committee": "selection_committee", "review-committee": "review_committee", "reviewer-01": "reviewer",
          "ent-one": "enterprise", "public": "public", **{name: name.replace("-", "_") for name in rig.WORKERS.values()}}


def setUpModule():
    zone = unittest.mock.patch.dict(os.environ, {"TZ": "CST-8"})  # the host's is Beijing's
    zone.start()
    unittest.addModuleCleanup(zone.stop)


class Small(Office):
    """One of each role, all with an address and on duty; a copy of the database is there."""

    calendar = None

    def init(self):
        own = ["--calendar", str(self.calendar)] if self.calendar else []
        people = self.home / "people.yaml"
        people.write_text("".join(f"- {{name: {name}, role: {role}, full_name: {name}"
                                  + (", scope: 91500109622018352Y}\n" if role == "enterprise" else "}\n")
                                  for name, role in PEOPLE.items()))
        self.ctl("init", str(self.home), "--city", "重庆", "--clock", "manual", "--start", START, "--people", str(people),
                 *own, home=False)
        (self.home / "spool").mkdir()

    def make_well(self):
        self.start()
        for name, role in PEOPLE.items():
            if role != "public" and not role.startswith("worker"):
                self.ctl("address", name, "--spool", "yes", "--as", "office")
        for name, post in (("office", "clerk"), ("head", "section_head"), ("director", "director")):
            self.ctl("duty", "set", name, post, "--from", START[:10], "--as", "office")
        self.copy("copy-first")

    def copy(self, name):
        self.ctl("backup", "create", str(self.home / name))

    def reload(self):
        """Has awardd read its configuration again; returns when it has."""
        process, said = self.running[DAEMON], "已重新读取配置"
        before = process.text().count(said)
        process.popen.send_signal(signal.SIGHUP)
        process.wait_line(said, which=before + 1)

    def doctor(self, *words, principal="admin"):
        """Its exit status, and each check by name."""
        done = self.ctl("doctor", *words, "--as", principal, "--output", "json", fine=range(4))
        return done.returncode, {row["check"]: row for row in json.loads(done.stdout)}


def bad(rows):
    return {name: row["verdict"] for name, row in rows.items() if row["verdict"] in ("failed", "warning")}
