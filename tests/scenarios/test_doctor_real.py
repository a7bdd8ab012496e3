"""`awardctl doctor` beside a service of systemd, and beside an office by the host's clock."""
import json
import os
import subprocess
import unittest

import test_init
from counterparts import Authority, MailServer, port_free
from doctor_office import setUpModule
from real_office import WORKER, RealOffice
from rig import DAEMON
from test_init import NAMESPACES, SERVICE_USER


# What systemctl of Debian 12 writes about units, of which one has failed. $1 is-enabled, or show.
SYSTEMCTL = """#!/bin/sh
if [ "$1" = is-enabled ]; then echo disabled; exit 1; fi
printf 'Id=awardd.service\\nActiveState=active\\nNRestarts=1\\n'
printf '\\nId=award-scoring@worker-scoring.service\\nActiveState=failed\\nNRestarts=20\\n'
printf '\\nId=award-notification@worker-notification.service\\nActiveState=active\\nNRestarts=0\\n'
"""


class AsAService(test_init.Scratch):
    """Root looks at the office of a service, whose data is another user's."""

    run_script = test_init.Service.run_script

    def setUp(self):
        super().setUp()
        if os.geteuid() != 0 or subprocess.run([*NAMESPACES, "true"], capture_output=True).returncode != 0:
            self.skipTest("needs root and a mount namespace")

    def test_units_are_looked_at_and_the_data_stays_the_services(self):
        (self.scratch / "systemctl").write_text(SYSTEMCTL)
        (self.scratch / "systemctl").chmod(0o755)
        said = self.run_script(f"""
            mkdir -p /run/systemd/system /run/awardd /run/credentials
            awardctl init /etc/awardd --city 重庆 >/dev/null
            chown {SERVICE_USER} /run/awardd
            install -o {SERVICE_USER} -m 0400 /etc/awardd/server.key /run/credentials/server.key
            CREDENTIALS_DIRECTORY=/run/credentials "${{service[@]}}" awardd 2>/run/log &
            awardctl status --timeout 30 >/dev/null || cat /run/log
            awardctl backup create /run/copy >/dev/null
            export PATH="$1:$PATH"
            awardctl doctor --as admin --output json || true
            kill %1 && wait %1
            echo ----
            rm /var/lib/awardd/*/*.mdb-lock
            awardctl doctor --only state
            find /var/lib/awardd ! -name backup.last -printf '%U\\n' | sort -u
        """)
        listed, after = said.split("----\n")
        rows = {row["check"]: row for row in json.loads(listed)}
        for name in ("answers", "server-key", "data-directory", "data-files", "chain", "state", "descriptors", "limits",
                     "program-replaced", "client-configuration", "settings-mode"):
            self.assertEqual(rows[name]["verdict"], "ok", rows[name])
        self.assertEqual(rows["unit-enabled"]["verdict"], "warning")
        self.assertEqual(rows["unit-enabled"]["en"], "awardd.target is disabled")
        self.assertEqual(rows["units-running"]["verdict"], "failed")
        self.assertEqual(rows["units-running"]["en"], "not active: award-scoring@worker-scoring.service")
        self.assertEqual(rows["worker-scoring"]["command"], "systemctl start award-scoring@worker-scoring")
        self.assertEqual(rows["two-keys"]["verdict"], "warning")  # both lie where init has made them
        self.assertEqual(rows["file-system"]["verdict"], "failed")  # a tmpfs
        self.assertRegex(after, rf"^失败 0，.*\n正常 ok  state  .*\n{SERVICE_USER}\n$")


class Real(unittest.TestCase):
    """An office by the host's clock: what a rehearsal has not."""

    def test_growth_clock_and_due_things_are_looked_at(self):
        with RealOffice() as office:
            office.start(DAEMON)
            done = office.ctl("doctor", "--only", "disk-growth", "clock-agrees", "due-fires", "clock", "two-keys", "--as",
                              "admin", "--output", "json", fine=range(4))
            rows = {row["check"]: row for row in json.loads(done.stdout)}
            self.assertEqual(rows["disk-growth"]["verdict"], "ok")
            self.assertRegex(rows["disk-growth"]["en"], r"\d+ entries in 1 days, about .* each, .* a day: full in ")
            self.assertEqual(rows["clock-agrees"]["verdict"], "ok")
            self.assertEqual(rows["due-fires"]["verdict"], "ok")
            self.assertIn(rows["clock"]["verdict"], ("ok", "warning"))  # as this host is
            self.assertEqual(rows["two-keys"]["verdict"], "warning")
            (office.home / "keys/supervision.key").rename(office.home / "supervision.key")
            rows = json.loads(office.ctl("doctor", "--only", "two-keys", "--as", "admin", "--output", "json").stdout)
            self.assertEqual(rows[0]["verdict"], "ok")

    def test_a_message_that_reaches_nobody_is_told(self):
        policy = ("delivery_attempts: 2\ndelivery_first_wait: 3600\ndelivery_longest_wait: 3600\n"
                  'ladders:\n  - {kind: closing, steps: [{offset_days: 0, at: "09:00", roles: [office]}]}\n')
        with RealOffice(policy) as office:
            office.channels_write(mail={"url": f"smtp://127.0.0.1:{port_free()}", "tls": "none",
                                        "from": "award@example.gov.cn", "timeout_seconds": 10})
            office.start(DAEMON, WORKER)
            office.ctl("address", "government", "--mail", "nobody@example.gov.cn", "--as", "office")
            self.assertEqual(self.rows(office, "messages")["messages"]["verdict"], "ok")
            office.ctl("alert", "test", "mail", "government", "--as", "office", fine=(1,))
            row = self.rows(office, "messages")["messages"]
            self.assertEqual((row["verdict"], row["en"]), ("warning", "0 given up, 1 tried again"))
            self.assertEqual(row["command"], "awardctl alerts --undelivered")

    def test_certificates_of_file_and_server_and_an_open_password_are_told(self):
        with RealOffice() as office:
            authority = Authority(office.home)
            server = MailServer(authority, implicit=True)
            self.addCleanup(server.close)
            (office.home / "mail.password").write_text("secret\n")
            (office.home / "mail.password").chmod(0o600)
            office.channels_write(mail={"url": f"smtps://127.0.0.1:{server.port}", "tls": "tls", "user": "award",
                                        "password_file": "mail.password", "from": "award@example.gov.cn",
                                        "ca_file": authority.ca.name})
            office.start(DAEMON)
            rows = self.rows(office, "channels", "certificates")
            self.assertEqual(rows["channels"]["verdict"], "ok")
            self.assertEqual(rows["certificates"]["verdict"], "failed")  # of two days
            self.assertRegex(rows["certificates"]["en"], r"has 1 days left")
            (office.home / "mail.password").chmod(0o644)
            rows = self.rows(office, "channels", "certificates")
            self.assertEqual(rows["channels"]["verdict"], "failed")
            self.assertIn("chmod 600", rows["channels"]["en"])

    @staticmethod
    def rows(office, *names):
        done = office.ctl("doctor", "--only", *names, "--as", "admin", "--output", "json", fine=range(4))
        return {row["check"]: row for row in json.loads(done.stdout)}


if __name__ == "__main__":
    unittest.main()
