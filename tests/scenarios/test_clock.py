"""test_clock - real programs under a clock that is moved: forward, back, by weeks, and in a wrong zone

libfaketime lies between the programs and the system's clock. It adds what a file says, read anew
at every look, so that a test steps the clock of programs that run; timers go by the monotonic
clock, which is left alone. Beside AddressSanitizer it cannot be loaded: the release build is used.

Three cycles close on Friday 2018-03-30 at 18:00. By the default policy the office is told ten, five,
two and one working days before, on the day and on the working day after, each at 09:00. What was
told is read from a real mail server and from the journal. That nothing more is told is seen by a
message that is tried afterwards: what is due goes on record before it.

A clock that is stepped back stands behind the last entry. Within `clock_behind_seconds` time on
record stands still; the tests of that allow a year. Beyond it nothing is taken: the class Behind.
"""
import collections
import datetime
import email
import email.policy
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest
import unittest.mock

import rig
from counterparts import MailServer
from faketime import Clock, moment_of
from real_office import WORKER, RealOffice
from watched import seen

CYCLES = ("2018-a", "2018-b", "2018-c")
YEAR = 366 * 86400  # seconds
LATE = ("，本提醒迟发", ", this alert is late")
ADDRESS = "office@example.cn"
STEPS = {"-10w@09:00": "2018-03-16T09:00", "-5w@09:00": "2018-03-23T09:00",
         "-2w@09:00": "2018-03-28T09:00", "-1w@09:00": "2018-03-29T09:00",
         "0@09:00": "2018-03-30T09:00", "+1w@09:00": "2018-04-02T09:00"}


def setUpModule():
    rig.optimised()


class Moved(unittest.TestCase):
    """An office with three cycles, told by mail."""
    zone = "Asia/Shanghai"  # of the host, where the office is opened at once
    behind = YEAR  # seconds that its clock may be behind the last entry

    def setUp(self):
        self.clock = Clock()
        self.addCleanup(self.clock.close)
        self.server = MailServer()
        self.addCleanup(self.server.close)
        if self.zone:
            self.office_open(self.zone)

    def office_open(self, zone):
        self.mails = []
        self.clock.set("2018-01-02T10:00")
        changed = unittest.mock.patch.dict(os.environ, self.clock.environment(zone))
        changed.start()
        self.addCleanup(changed.stop)
        self.office = seen(RealOffice)()
        self.addCleanup(self.office.abandon)
        with (self.office.home / "awardd.yaml").open("a") as file:
            file.write(f"clock_behind_seconds: {self.behind}\n")
        self.office.channels_write(mail={"url": f"smtp://127.0.0.1:{self.server.port}",
                                         "tls": "none", "from": "award@cq.example.cn"})
        self.office.start(rig.DAEMON, WORKER)
        self.ctl("address", "office", "--mail", ADDRESS)
        rows = self.office.push_lines([{"principal": "office", "cycle_opened": {
            "cycle": cycle, "closing": "2018-03-30T18:00:00+08:00", "chair": "市质监局",
            "notice": [{"medium": "重庆日报", "on": "2018-01-02", "digest": "ab" * 32}],
            "units": ["市质监局", "市经济信息委"]}} for cycle in CYCLES])
        self.assertEqual([row["outcome"] for row in rows], ["accepted"] * len(CYCLES))

    def ctl(self, *arguments, **options):
        return self.office.ctl(*arguments, "--as", "office", **options).stdout

    # ---- What came about

    def happened(self, kind):
        """Moments and bodies of the journal's events of a kind."""
        return [(entry["recorded"], entry["event"][kind]) for entry in self.office.entries()
                if kind in entry["event"]]

    def alerts(self, recipient="office"):
        found = self.office.ask("alerts", all=True).get("alerts", [])
        return [alert for alert in found if alert["recipient"] == recipient]

    def steps_told(self):
        """How often the office was told of each step."""
        return collections.Counter(alert["alert"].split("/")[2] for alert in self.alerts())

    def alerts_until(self, step):
        """The office's alerts of a step, one a cycle, once they are there."""
        def look():
            found = [alert for alert in self.alerts() if f"/{step}/" in alert["alert"]]
            return found if len(found) == len(CYCLES) else None
        found = self.office.until(look)
        self.assertEqual({alert["planned"][:16] for alert in found}, {STEPS[step]})
        return found

    def mail(self):
        """The next mail to the office, whatever it is about."""
        _, recipients, content = self.server.next()
        self.assertEqual(recipients, [ADDRESS])
        self.mails.append(email.message_from_bytes(content, policy=email.policy.default))
        return self.mails[-1]

    def mails_seen(self):
        return [f"{mail['Message-ID']} {mail['Subject']}" for mail in self.mails]

    def mail_of(self, subject):
        """The text of the next mail whose subject begins so; none of deadlines comes before it."""
        while not (mail := self.mail())["Subject"].startswith(subject):
            self.assertNotIn("期限提醒", mail["Subject"], self.mails_seen())
        return mail.get_body(("plain",)).get_content()

    def alerts_mailed(self):
        """The text of the one mail about all cycles."""
        return self.mail_of(f"期限提醒：{len(CYCLES)} 项 / Deadlines: {len(CYCLES)}")

    def nothing_more(self):
        """A message is tried: no mail about deadlines is before it, and no step told."""
        told = self.steps_told()
        self.assertIn("taken", self.ctl("alert", "test", "mail", "office"))
        self.mail_of("渠道测试")
        self.assertEqual(self.steps_told(), told)

    def end(self):
        """Everything ends well; no message went out twice, none that is on record is missing."""
        self.office.until(lambda: not self.office.messages(undelivered=True))
        delivered = [body["message"] for _, body in self.happened("message_delivered")
                     if body["channel"] == "mail"]
        mornings = [body["due"] for _, body in self.happened("morning_came")]
        self.office.close()
        while not self.server.messages.empty():
            self.assertNotIn("期限提醒", self.mail()["Subject"], self.mails_seen())
        self.assertEqual(len(set(delivered)), len(delivered))
        self.assertEqual(len({mail["Message-ID"] for mail in self.mails}), len(self.mails))
        self.assertEqual(len(self.mails), len(delivered))
        self.assertEqual(mornings, sorted(set(mornings)))

    # ---- Steps of the day, taken in order

    def told_on_time(self, step):
        """From two seconds before a step to the mail about it."""
        self.clock.set(STEPS[step][:11] + "08:59:58")
        told = self.alerts_until(step)
        for alert in told:
            after = moment_of(alert["raised"]) - moment_of(STEPS[step])
            self.assertTrue(datetime.timedelta(0) <= after < datetime.timedelta(seconds=30), alert)
        self.clock.set(STEPS[step][:11] + "09:01:01")
        text = self.alerts_mailed()
        for late in LATE:
            self.assertNotIn(late, text)

    def told_late(self, step, moment):
        """A step that is past at this moment: one mail for all cycles, which says so."""
        self.clock.set(moment)
        for alert in self.alerts_until(step):
            self.assertEqual(alert["raised"][:16], moment[:16])
        self.clock.set((moment_of(moment) + datetime.timedelta(seconds=61)).isoformat())
        text = self.alerts_mailed()
        for late in LATE:
            self.assertEqual(text.count(late), len(CYCLES), text)
        due = STEPS[step].replace("T", " ")
        self.assertEqual(self.ctl("alerts").count("补发，应于 late, was due " + due), len(CYCLES))


class Stepped(Moved):
    def test_forward_what_is_due_is_told_once_late_where_it_is_and_merged(self):
        self.told_on_time("-10w@09:00")
        self.nothing_more()
        self.clock.set("2018-03-23T09:04:30")  # late by less than five minutes
        self.alerts_until("-5w@09:00")
        self.clock.set("2018-03-23T09:05:31")
        self.assertNotIn(LATE[0], self.alerts_mailed())
        self.nothing_more()
        # Over three steps and the closing itself: the last is told, when it was due.
        self.told_late("0@09:00", "2018-03-31T12:00:00")
        self.nothing_more()
        self.assertEqual(self.steps_told(), {step: len(CYCLES) for step in (
            "-10w@09:00", "-5w@09:00", "0@09:00")})
        self.assertEqual({row["state"] for row in self.office.deadlines().values()}, {"ended"})
        self.assertEqual(len(self.happened("deadline_due")), len(CYCLES))
        self.end()

    def test_forward_with_nobody_there_the_coordinator_notices_by_itself(self):
        self.office.stop(WORKER)
        entry = self.office.last_entry()
        with self.office.feed("office") as feed:
            self.clock.set("2018-03-16T12:00:00")
            self.assertGreater(feed.next(), entry)
        self.assertEqual(self.steps_told(), {"-10w@09:00": len(CYCLES)})
        self.office.start(WORKER)
        self.clock.set("2018-03-16T12:01:30")
        self.alerts_mailed()
        self.end()

    def test_back_by_hours_nothing_is_told_twice_or_early(self):
        self.told_on_time("-10w@09:00")
        for moment in ("2018-03-16T06:00:00", "2018-03-16T08:59:59"):
            self.clock.set(moment)
            self.nothing_more()
        self.office.stop()
        self.clock.set("2018-03-16T05:00:00")
        self.office.start(rig.DAEMON, WORKER)
        self.nothing_more()
        self.clock.set("2018-03-16T10:00:00")
        self.nothing_more()
        self.told_on_time("-5w@09:00")
        self.end()

    def test_back_by_weeks_time_on_record_stands_still_until_it_is_reached_again(self):
        self.told_on_time("-10w@09:00")
        self.told_on_time("-5w@09:00")
        self.clock.set("2018-03-02T09:00:00")
        self.nothing_more()
        last = self.office.entries()[-1]["recorded"]
        self.assertEqual(last[:15], "2018-03-23T09:0")
        self.office.stop()
        self.office.start(rig.DAEMON, WORKER)
        # Past the moment of the first step once more.
        self.clock.set("2018-03-16T09:00:30")
        self.nothing_more()
        moments = [entry["recorded"] for entry in self.office.entries()]
        self.assertEqual(moments, sorted(moments))
        self.assertEqual(moments[-1], last)
        self.told_on_time("-2w@09:00")
        self.nothing_more()
        self.assertEqual(self.steps_told(), {step: len(CYCLES) for step in (
            "-10w@09:00", "-5w@09:00", "-2w@09:00")})
        self.end()

    def test_to_and_fro_over_the_closing_ends_it_once(self):
        self.clock.set("2018-03-30T17:59:57")
        self.alerts_until("0@09:00")
        self.office.until(lambda: len(self.happened("deadline_due")) == len(CYCLES))
        for recorded, _ in self.happened("deadline_due"):
            self.assertGreater(moment_of(recorded), moment_of("2018-03-30T18:00:00"))
        for moment in ("2018-03-30T17:30:00", "2018-03-30T18:00:01", "2018-03-29T18:00:00",
                       "2018-03-30T18:02:00"):
            self.clock.set(moment)
            self.office.ask("status", "office")
            self.ctl("today")
        self.assertEqual(len(self.happened("deadline_due")), len(CYCLES))
        self.alerts_mailed()
        self.nothing_more()
        self.end()


class Behind(Moved):
    """Further behind than by default: nothing is taken and nothing fires until it has caught up."""
    behind = 300

    def try_event(self, name):
        """What becomes of an event of that name."""
        [row] = self.office.push_lines([{"principal": "supervision", "id": name, "suggestion": {
            "concerns": CYCLES[0], "text": "早些公布日程"}}])
        return row

    def stands_still(self):
        """Everybody is told why; nothing comes on record and nothing is given out."""
        last = self.office.last_entry()
        row = self.try_event("behind")
        self.assertEqual((row["outcome"], row.get("code")), ("rejected", "clock_behind"))
        shown = self.office.ctl("status", "--as", "office").stdout
        self.assertRegex(shown, r"时钟落后 clock behind +\d+ 秒 s：.*set the host's clock")
        self.assertEqual(rig.too_wide(shown), [])
        self.assertEqual(self.office.last_entry(), last)
        self.assertRegex(self.office.log(), "ERROR 主机时钟落后.*set the host's clock behind_seconds=")
        status, _, reasons = self.office.get("/readyz")
        self.assertEqual(status, 503)
        self.assertRegex(reasons, r"^clock_behind: 主机时钟落后.*set it\.\n$")
        self.assertLess(self.office.samples()["awardd_clock_distance_seconds"][()], -300)
        return self.office.ask("status", "office")["clock_behind_seconds"]

    def test_back_by_an_hour_nothing_is_taken_or_told_until_the_hour_is_over(self):
        self.told_on_time("-10w@09:00")
        self.assertEqual(self.try_event("before")["outcome"], "accepted")
        # A message is under way whose delivery nobody could put on record.
        self.office.stop(WORKER)
        self.office.push_lines([{"principal": "office", "message_tried": {
            "person": "office", "channel": "mail"}}])
        [waiting] = self.office.messages(undelivered=True)
        self.clock.set("2018-03-16T08:01:00")
        self.office.start(WORKER)
        self.office.until(lambda: "不接受事件" in self.office.log())
        self.assertGreater(self.stands_still(), 3500)
        self.assertTrue(self.try_event("before")["repeated"])
        self.assertEqual([row["message"] for row in self.office.messages(undelivered=True)],
                         [waiting["message"]])
        self.assertTrue(self.server.messages.empty())
        self.assertEqual(self.steps_told(), {"-10w@09:00": len(CYCLES)})
        # Within the bound it goes on, at the moment of the last entry.
        last = moment_of(self.office.entries()[-1]["recorded"])
        self.clock.set((last - datetime.timedelta(seconds=290)).isoformat())
        self.mail_of("渠道测试")
        self.assertEqual(self.try_event("behind")["outcome"], "accepted")
        recorded = next(entry["recorded"] for entry in self.office.entries()
                        if entry["event"].get("id") == "behind")
        self.assertEqual(moment_of(recorded), last)
        self.assertIn("the host's clock has caught up", self.office.log())
        self.told_on_time("-5w@09:00")
        self.end()

    def test_a_host_that_boots_in_1970_waits_with_its_start_until_it_is_told_the_time(self):
        starts = len(self.happened("started"))
        self.office.stop()
        self.clock.set("1970-01-01T08:00:10")
        self.office.start(rig.DAEMON, WORKER)
        self.assertGreater(self.stands_still(), 47 * YEAR)
        # Stopped meanwhile, it has neither started nor stopped.
        self.office.stop()
        self.office.verify()
        self.office.start(rig.DAEMON, WORKER)
        self.stands_still()
        self.assertEqual(len(self.happened("started")), starts)
        self.clock.set("2018-03-16T08:59:58")
        self.office.until(lambda: len(self.happened("started")) == starts + 1)
        self.told_on_time("-10w@09:00")
        self.assertEqual(self.try_event("behind")["outcome"], "accepted")
        self.end()


class Off(Moved):
    def test_for_five_weeks_the_last_step_is_told_once_and_one_morning_comes(self):
        self.ctl("address", "office", "--silence", "yes")
        self.clock.set("2018-03-15T08:00:01")
        self.mail_of("运行正常")
        self.office.until(lambda: not self.office.messages(undelivered=True))
        self.office.stop()
        self.clock.set("2018-04-20T10:00:30")
        self.office.start(rig.DAEMON, WORKER)
        for alert in self.alerts_until("+1w@09:00"):
            self.assertEqual(alert["raised"][:16], "2018-04-20T10:00")
        self.clock.set("2018-04-20T10:01:30")
        text = self.alerts_mailed()
        for late in LATE:
            self.assertEqual(text.count(late), len(CYCLES), text)
        self.nothing_more()
        self.assertEqual(self.steps_told(), {"+1w@09:00": len(CYCLES)})
        self.assertEqual([recorded[:10] for recorded, _ in self.happened("morning_came")],
                         ["2018-03-15", "2018-04-20"])
        self.assertEqual(len(self.happened("deadline_due")), len(CYCLES))
        # That nobody answered is told after the three working days that he has from now on.
        self.assertEqual(self.alerts("supervision"), [])
        self.clock.set("2018-04-25T10:00:29")
        self.office.until(lambda: len(self.alerts("supervision")) == len(CYCLES))
        for alert in self.alerts("supervision"):
            self.assertEqual(alert["raised"][:18], "2018-04-25T10:00:3")
        self.end()

    def test_what_was_sealed_before_goes_out_once_after(self):
        self.office.stop(WORKER)
        self.clock.set("2018-03-16T09:00:00")
        self.alerts_until("-10w@09:00")
        self.clock.set("2018-03-16T09:02:00")
        self.office.until(lambda: self.happened("message_sealed"))
        self.office.stop()
        self.clock.set("2018-03-22T10:00:00")
        self.office.start(rig.DAEMON, WORKER)
        text = self.alerts_mailed()
        self.assertNotIn(LATE[0], text)
        self.assertEqual(self.mails[-1]["Date"].datetime.date().isoformat(), "2018-03-16")
        self.nothing_more()
        self.end()


class Zones(Moved):
    zone = None
    right = None  # what is said under the right one, asked once

    def lived(self, zone):
        """What an office says of three months, to the hour."""
        self.office_open(zone)
        self.told_on_time("-10w@09:00")
        said = [self.mails[-1]["Date"], self.mails[-1].get_body(("plain",)).get_content()]
        self.clock.set("2018-03-30T17:59:58")
        self.office.until(lambda: len(self.happened("deadline_due")) == len(CYCLES))
        for recorded, _ in self.happened("deadline_due"):
            after = moment_of(recorded) - moment_of("2018-03-30T18:00:00")
            self.assertTrue(datetime.timedelta(0) < after < datetime.timedelta(seconds=30), after)
        said.append(self.alerts_mailed())
        said += [self.ctl(*words) for words in (
            ("deadlines", "--all"), ("why", CYCLES[0] + ":closing:1"), ("today",),
            ("alerts", "--all"), ("deadlines", "--all", "--output", "json"))]
        said += [line for name in (rig.DAEMON, WORKER) for line in self.office.log(name).splitlines()
                 if "ready" in line or "connected" in line]
        self.end()
        return [self.to_the_hour(text) for text in said]

    def to_the_hour(self, text):
        text = re.sub(" +", " ", text.replace(str(self.office.home), "HOME"))
        text = re.sub(r" duration_us=\d+", "", text)
        return re.sub(r"(\d\d):\d\d(:\d\d)?(\.\d{3})?(?!\d)", r"\1h", text)

    def test_in_new_york(self):
        self.other("America/New_York", "EDT")  # summer time began on the way

    def test_far_in_the_east(self):
        self.other("Etc/GMT-14", "+14")

    def other(self, zone, name):
        Zones.right = Zones.right or self.lived("Asia/Shanghai")
        found = self.lived(zone)
        shown = subprocess.run(["date", "+%Z"], capture_output=True, text=True, check=True)
        self.assertEqual(shown.stdout.strip(), name)  # the zone is one of this host
        for one, right in zip(found, self.right, strict=True):
            self.assertEqual(one, right)


if __name__ == "__main__":
    unittest.main()
