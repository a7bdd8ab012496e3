"""test_python_client - the client that was written from docs/protocol.md does what awardctl does.

One office has the year from `awardctl push`, another with the same keys from clients/python/award.py,
by halves: between them its journal is followed, so that there are entries behind it and to come.
"""
import base64
import hashlib
import json
import pathlib
import signal
import subprocess
import sys
import threading
import unittest

from rig import DAEMON, PATIENCE, YEAR, Office, environment

PROGRAM = pathlib.Path(__file__).resolve().parent.parent.parent / "clients/python/award.py"
HALF = 240  # lines


def client(office, *arguments, home=None):
    """The program, started."""
    return subprocess.Popen([sys.executable, str(PROGRAM), "--home", str(home or office.home), *arguments],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())


def client_lines(office, *arguments):
    """What it prints until it ends, which must be well."""
    running = client(office, *arguments)
    said, wrong = running.communicate(timeout=10 * PATIENCE)
    if running.returncode != 0:
        raise AssertionError(f"{arguments}: status {running.returncode}\n{said[-2000:]}\n{wrong[-2000:]}")
    return [json.loads(line) for line in said.split("\n")[:-1]]


class Following:
    """`follow` in the background: the entries that it has printed."""

    def __init__(self, office, first=1, home=None):
        self.items, self.heard = [], threading.Condition()
        self.running = client(office, "--as", "supervision", "follow", "--from", str(first), home=home)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.running.stdout:
            with self.heard:
                self.items.append(json.loads(line))
                self.heard.notify_all()

    def wait(self, count):
        with self.heard:
            there = self.heard.wait_for(lambda: len(self.items) >= count, PATIENCE)
            assert there, f"{len(self.items)} of {count} entries"

    def end(self):
        self.running.send_signal(signal.SIGINT)
        status = self.running.wait(PATIENCE)
        self.reader.join(PATIENCE)
        wrong = self.running.stderr.read()
        self.running.stdout.close()
        self.running.stderr.close()
        assert status == 130, f"status {status}\n{wrong}"


def setUpModule():
    global one, other, by_awardctl, by_python, in_one, in_other, followed
    one = Office()
    unittest.addModuleCleanup(one.close)
    other = Office(copy_of=one)
    unittest.addModuleCleanup(other.close)
    one.start()
    by_awardctl = one.push(YEAR, "--settle")
    other.start()
    first, second = other.home / "first.jsonl", other.home / "second.jsonl"
    lines = YEAR.read_bytes().splitlines(keepends=True)
    first.write_bytes(b"".join(lines[:HALF]))
    second.write_bytes(b"".join(lines[HALF:]))
    by_python = client_lines(other, "push", str(first), "--settle")
    followed = Following(other)
    followed.wait(other.last_entry())
    by_python += [{**row, "line": row["line"] + HALF}
                  for row in client_lines(other, "push", str(second), "--settle")]
    in_one, in_other = recorded(one), recorded(other)


def recorded(office):
    """The journal without what is of this office or this run alone: what people did and the clock
    brought, in its order, and what the workers found, whose order among each other is nobody's."""
    own, found = {"database_created", "started", "stopped"}, {True: [], False: []}
    for entry in office.entries():
        if not own & set(entry["event"]):
            del entry["hash"], entry["entry"]
            found[entry["event"]["principal"].startswith("worker-")].append(entry)
    return found[False], sorted(found[True], key=repr)


def answered(row):
    reason = next(iter(row.get("reasons", [])), {})
    return {"line": row["line"], "id": row["id"], "outcome": row["outcome"], "case": row.get("case"),
            "article": row.get("article") or reason.get("article"), "code": reason.get("code")}


class Year(unittest.TestCase):
    maxDiff = 3000

    def test_each_line_is_answered_alike(self):
        ours = [answered(row) for row in by_python]
        theirs = [{name: row.get(name) for name in ours[0]} for row in by_awardctl]
        self.assertEqual(len(ours), len(theirs))
        for mine, awardctls in zip(ours, theirs):
            self.assertEqual(mine, awardctls)

    def test_the_journal_has_the_same_events_and_decisions(self):
        for ours, theirs in zip(in_other, in_one, strict=True):
            self.assertEqual(len(ours), len(theirs))
            self.assertGreater(len(ours), 200)
            for mine, awardctls in zip(ours, theirs):
                self.assertEqual(mine, awardctls)

    def test_every_case_stands_alike(self):
        self.assertEqual(other.case_names(), one.case_names())
        self.assertGreater(len(one.case_names()), 20)
        for case in one.case_names():
            self.assertEqual(other.case(case)["case"], one.case(case)["case"])

    def test_either_client_finds_what_the_other_has_pushed(self):
        entry = other.last_entry(), one.last_entry()
        again = client_lines(one, "push", str(YEAR))
        for rows in (other.push(YEAR), again):
            for row, before in zip(rows, by_awardctl, strict=True):
                self.assertEqual(bool(row.get("repeated")), before["outcome"] != "rejected", row)
        self.assertEqual((other.last_entry(), one.last_entry()), entry)


class Feed(unittest.TestCase):
    def test_1_what_was_there_and_what_came_is_there_once_and_in_order(self):
        last = other.last_entry()
        followed.wait(last)
        self.assertEqual([int(item["entry"]) for item in followed.items], list(range(1, last + 1)))

    def test_1_the_chain_of_their_hashes_is_the_one_that_awardd_tells(self):
        last = other.ask("status")["last_entry"], other.ask("status")["chain"]
        followed.wait(last[0])
        chain = bytes(32)
        for item in followed.items:
            chain = hashlib.blake2b(chain + base64.b64decode(item["hash"]), digest_size=32).digest()
        self.assertEqual((len(followed.items), chain), last)

    def test_2_it_goes_on_when_the_coordinator_comes_again(self):
        other.wires_close()
        other.kill(DAEMON)
        other.start(DAEMON)
        rows = other.push_lines([{"principal": "supervision", "id": "after-the-kill",
                                  "supervision_finding": {"concerns": "2018", "text": "𠀀𪚥：继续"}}])
        self.assertEqual(rows[0]["outcome"], "accepted")
        followed.wait(other.last_entry())
        followed.end()
        self.assertEqual([int(item["entry"]) for item in followed.items],
                         list(range(1, other.last_entry() + 1)))
        self.assertEqual(followed.items[-1]["event"]["supervision_finding"]["text"], "𠀀𪚥：继续")


    def test_3_nothing_is_missed_though_no_item_arrives(self):
        deaf = other.home / "deaf"
        deaf.mkdir()
        settings = (other.home / "awardctl.yaml").read_text().replace("ipc://", f"ipc://{other.home}/")
        (deaf / "awardctl.yaml").write_text(settings.replace("feed.sock", "nobody.sock"))
        (deaf / "keys").symlink_to(other.home / "keys")
        first = other.last_entry()
        following = Following(other, first, home=deaf)
        following.wait(1)
        other.push_lines([{"principal": "supervision", "id": "unheard",
                           "supervision_finding": {"concerns": "2018", "text": "x"}}])
        following.wait(2)
        following.end()
        self.assertEqual([int(item["entry"]) for item in following.items], [first, first + 1])


class Ids(unittest.TestCase):
    FINDING = {"principal": "supervision", "supervision_finding": {"concerns": "2018", "text": "\x7f\x01\t\"\\/é\u2028𠀀"}}

    def test_lines_without_one_get_the_same_from_both(self):
        lines = [self.FINDING, self.FINDING, {**self.FINDING, "at": "2024-12-31T09:00:00.250Z"},
                 {"principal": "office", "address_changed": {"digest": False, "addresses": [
                     {"channel": "mail", "address": "duty@example.org"}, {"channel": "webhook", "address": ""}]}},
                 {"principal": "admin", "key_enrolled": {"name": "office", "public_key": "@key:spare"}}]
        one.ctl("key", "new", "spare")
        theirs = one.push_lines(lines)
        ours = client_lines(one, "push", str(one.home / "lines.jsonl"))
        self.assertEqual([row["outcome"] for row in theirs], ["accepted"] * 4 + ["pending"], theirs)
        self.assertEqual(len({row["id"] for row in theirs}), len(lines))
        for mine, awardctls in zip(ours, theirs, strict=True):
            self.assertEqual((mine["id"], mine["entry"]), (awardctls["id"], str(awardctls["entry"])))
            self.assertTrue(mine["repeated"])


class Queries(unittest.TestCase):
    def test_pages_are_asked_for_one_after_the_other(self):
        numbers, pages, more = [1], 0, True
        while more:
            query = json.dumps({"entries": {"from": numbers[-1] + 1, "most": 400}})
            (page,) = client_lines(one, "--as", "supervision", "query", query)
            numbers += [int(item["entry"]) for item in page["entries"]["items"]]
            pages, more = pages + 1, page.get("more", False)
        self.assertGreater(pages, 2)
        self.assertEqual(numbers, list(range(1, one.last_entry() + 1)))

    def test_rows_are_those_of_awardctl(self):
        rows = [row["case"]["case"] for page in client_lines(one, "query", '{"cases":{"cycle":"2018"}}')
                for row in page["cases"]["rows"]]
        self.assertEqual(rows, [case for case in one.case_names() if case.startswith("2018/")])

    def test_what_is_not_admitted_is_said_in_both_languages(self):
        running = client(one, "--as", "public", "query", '{"tasks":{}}')
        said, wrong = running.communicate(timeout=PATIENCE)
        self.assertEqual((running.returncode, said), (1, ""))
        self.assertIn("[not_authorised]", wrong)
        self.assertIn("无权查询", wrong)

    def test_a_key_that_is_not_enrolled_is_told_at_once(self):
        one.ctl("key", "new", "stranger")
        running = client(one, "--as", "stranger", "--timeout", str(10 * PATIENCE), "query", '{"status":{}}')
        said, wrong = running.communicate(timeout=PATIENCE)
        self.assertEqual((running.returncode, said), (1, ""))
        self.assertIn("[key_not_admitted]", wrong)

    def test_a_line_that_cannot_be_read_ends_the_push_behind_those_before_it(self):
        file = one.home / "wrong.jsonl"
        lines = YEAR.read_text().splitlines()[:2]
        file.write_text("\n".join([*lines, '{"principal":"office","paper_recieved":{}}', lines[1]]))
        running = client(one, "push", str(file))
        said, wrong = running.communicate(timeout=PATIENCE)
        self.assertEqual((running.returncode, len(said.splitlines())), (1, 2), wrong)
        self.assertIn("第 3 行", wrong)
        self.assertIn("paper_recieved", wrong)


if __name__ == "__main__":
    unittest.main()
