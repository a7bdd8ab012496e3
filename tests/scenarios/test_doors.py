"""test_doors - what does not belong is turned away at each door, and leaves no trace in the journal.

One office holds the year up to the first independent sheets. Every test ends with the same look: the
coordinator answers, and its last entry is what it was.
"""
import json
import random
import resource
import unittest

import zmq

import wire
from rig import DAEMON, YEAR, Office

FIRST_SHEETS = 181  # lines: two of team 2018-1 have handed in their sheets about CASE
CASE = "2018/91500109622018352Y/1"      # of ent-jinyue, reviewers 01 to 03
OTHERS = "2018/915001127094221048/1"    # of ent-jianglan, reviewers 04 to 06
SEED = 20180514
MESSAGE_BYTES_MAX = 4 * 1024 * 1024
HEARD_BYTES_MAX = 8 * 1024 * 1024
CLOSING_MS = 1524996000000  # 2018-04-29T18:00:00+08:00, a day later than the year has it
SCORES = [{"item": item, "points": points} for item, points in (
    ("leadership", "60"), ("strategy", "50"), ("customers", "50"), ("resources", "70"),
    ("processes", "60"), ("measurement", "60"), ("results", "250"))]


def setUpModule():
    global office
    office = Office()
    unittest.addModuleCleanup(office.close)
    office.start()
    lines = YEAR.read_bytes().splitlines(keepends=True)[:FIRST_SHEETS]
    file = office.home / "beginning.jsonl"
    file.write_bytes(b"".join(lines))
    office.push(file, "--settle")


def event(name, fields, principal="office", **more):
    return {"principal": principal, name: fields, **more}


class Door(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.entry = office.last_entry()

    def tearDown(self):
        self.assertEqual(office.last_entry(), self.entry, "something was written")

    def push_one(self, line):
        rows = office.push_lines([line])
        self.assertEqual(len(rows), 1)
        return rows[0]

    def rejected(self, line, code, article=None):
        row = self.push_one(line)
        self.assertEqual((row["outcome"], row.get("code")), ("rejected", code), row)
        if article:
            self.assertEqual(row["article"], article, row)

    def answer(self, principal, line, **batch):
        """The answer to one event over the wire, as it comes: with its sentences."""
        message = wire.MODULES["envelope"].EventBatch(**batch)
        message.events.add().CopyFrom(event_message(line))
        return wire.plain(office.wire(principal).request(events=message).answers.answers[0])


def event_message(line):
    """A line with the body of one text field or none; what these tests send by the wire."""
    message = wire.MODULES["event"].Event()
    fill(message, line)
    return message


def fill(message, fields):
    for name, value in fields.items():
        if isinstance(value, dict):
            body = getattr(message, name)
            body.SetInParent()
            fill(body, value)
        elif isinstance(value, list):
            for each in value:
                fill(getattr(message, name).add(), each)
        else:
            setattr(message, name, value)


# ---- The wire

def padded(size):
    """A message of so many bytes: the head of an envelope, and one long field that is not known."""
    head = wire.Envelope(major=1, request=7).SerializeToString()
    length = size - len(head) - 2 - 4
    varint = bytes([length & 127 | 128, length >> 7 & 127 | 128, length >> 14 & 127 | 128,
                    length >> 21])
    return head + b"\xba\x06" + varint + bytes(length)


class Bytes(Door):
    def first_reply(self, *frames):
        """What a message is answered with; None where it is dropped and the next is answered."""
        with office.connect("office") as connection:
            connection.send_bytes(*frames)
            query = wire.MODULES["query"].Query()
            query.status.SetInParent()
            connection.requests = 41
            connection.send(query=query)
            reply = connection.receive()
            if reply.WhichOneof("body") != "error":
                self.assertEqual(reply.request, 42)
                return None
            self.assertEqual(connection.receive().request, 42)
            return wire.plain(reply.error)

    def refused(self, *frames):
        error = self.first_reply(*frames)
        if error is not None:
            self.assertTrue(error["code"] and error["zh"] and error["en"], error)
        return error

    def query_bytes(self, **fields):
        envelope = wire.Envelope(**{"major": 1, "minor": 0, "request": 7, **fields})
        envelope.query.status.SetInParent()
        return envelope.SerializeToString()

    def test_a_message_of_a_newer_version_is_refused_by_its_number(self):
        error = self.refused(self.query_bytes(major=2))
        self.assertEqual(error["code"], "version_newer")
        self.assertIn("2", error["en"])

    def test_a_newer_message_that_cannot_be_read_is_refused_all_the_same(self):
        strange = bytes([0x08, 0x63, 0x18, 0x07]) + b"\xfa\x7f\x03abc"
        self.assertEqual(self.refused(strange)["code"], "version_newer")

    def test_a_message_without_version_or_body_is_refused(self):
        envelope = wire.Envelope(request=7)
        envelope.query.status.SetInParent()
        self.assertEqual(self.refused(envelope.SerializeToString())["code"], "version_missing")
        self.assertEqual(self.refused(wire.Envelope(major=1).SerializeToString())["code"],
                         "body_missing")

    def test_an_unknown_body_is_refused(self):
        head = wire.Envelope(major=1, request=7).SerializeToString()
        self.assertIsNotNone(self.refused(head + b"\xba\x06\x02\x08\x01"))

    def test_a_message_that_only_the_coordinator_sends_is_refused(self):
        envelope = wire.Envelope(major=1, request=7)
        envelope.reply.status.last_entry = 5
        self.assertIsNotNone(self.refused(envelope.SerializeToString()))

    def test_every_truncation_is_refused_or_dropped(self):
        whole = wire.Envelope(major=1, minor=0, request=7)
        fill(whole.events.events.add(), {"id": "cut", "enterprise_registered": {
            "enterprise": "91500109622018352Y", "name": "重庆缙岳", "region": "500109"}})
        text = whole.SerializeToString()
        with office.connect("public") as connection:
            for length in range(len(text)):
                connection.send_bytes(text[:length])
                reply = connection.receive()
                self.assertIn(reply.WhichOneof("body"), ("error", "answers"), length)
                for answer in reply.answers.answers:
                    self.assertEqual(wire.plain(answer)["outcome"], "rejected", length)

    def test_noise_is_refused_or_dropped(self):
        draw = random.Random(SEED)
        with office.connect("office") as connection:
            for _ in range(200):
                connection.send_bytes(draw.randbytes(draw.randrange(0, 300)))
                reply = connection.receive()
                self.assertEqual(reply.WhichOneof("body"), "error")

    def test_mutated_messages_are_answered_without_harm(self):
        draw = random.Random(SEED)
        whole = bytearray(self.query_bytes())
        with office.connect("office") as connection:
            for _ in range(200):
                text = bytearray(whole)
                for _ in range(draw.randrange(1, 4)):
                    text[draw.randrange(len(text))] = draw.randrange(256)
                connection.send_bytes(bytes(text))
                self.assertIn(connection.receive().WhichOneof("body"), ("error", "reply"))

    def test_messages_of_several_frames_are_refused_or_dropped(self):
        self.refused(b"", self.query_bytes())
        self.refused(self.query_bytes(), self.query_bytes())
        self.refused(b"", b"", b"")

    def test_a_deep_message_is_refused(self):
        # Of nothing but messages in messages: Query { case { ... } } has no such depth, so the
        # nesting is of the envelope's own unknown groups.
        deep = b"\xd3\x3e" * 5000 + b"\xd4\x3e" * 5000
        self.refused(wire.Envelope(major=1, request=7).SerializeToString() + deep)

    def test_a_message_over_the_bound_is_answered_with_what_to_do(self):
        for principal, which in (("office", "clients"), ("worker-scoring", "workers")):
            with self.subTest(principal), office.connect(principal, which) as connection:
                for size in (MESSAGE_BYTES_MAX + 1, HEARD_BYTES_MAX):
                    connection.send_bytes(padded(size))
                    reply = connection.receive()
                    self.assertEqual((reply.request, reply.error.code), (7, "too_large"))
                    self.assertIn(f"{size} > {MESSAGE_BYTES_MAX}", reply.error.en)
                    self.assertIn("send it in several parts", reply.error.en)
                    self.assertIn("请分成几次发送", reply.error.zh)
                query = wire.MODULES["query"].Query()
                query.period.SetInParent()
                self.assertIn(connection.request(query=query).WhichOneof("body"),
                              ("reply", "error"))

    def test_a_message_at_the_bound_is_read(self):
        self.assertNotEqual(self.refused(padded(MESSAGE_BYTES_MAX))["code"], "too_large")

    def test_a_message_far_over_the_bound_ends_its_connection_only(self):
        with office.connect("office") as connection:
            self.assertEqual(connection.handshake(), zmq.EVENT_HANDSHAKE_SUCCEEDED)
            connection.send_bytes(bytes(HEARD_BYTES_MAX + 1000))
            while connection.monitor.poll(wire.PATIENCE_MS):
                told = zmq.utils.monitor.recv_monitor_message(connection.monitor)["event"]
                if told == zmq.EVENT_DISCONNECTED:
                    break
            else:
                self.fail("the connection stayed")

    def test_a_batch_over_the_bound_is_refused(self):
        envelope = wire.Envelope(major=1, request=7)
        for number in range(1025):
            fill(envelope.events.events.add(), {"id": str(number), "clock_set": {}})
        self.assertEqual(self.refused(envelope.SerializeToString())["code"], "list_too_long")

    def test_a_message_that_only_the_coordinator_sends_is_no_message_to_it(self):
        envelope = wire.Envelope(major=1, request=7)
        envelope.answers.SetInParent()
        self.assertEqual(self.refused(envelope.SerializeToString())["code"], "wrong_message")


    def test_a_hello_at_the_door_of_clients_is_no_message_and_takes_no_workers_place(self):
        for number in range(70):
            with office.connect("public") as connection:
                envelope = wire.Envelope(major=1, request=7)
                envelope.hello.capacity = 1
                connection.send_bytes(envelope.SerializeToString())
                self.assertEqual(connection.receive().error.code, "wrong_message")
        names = {each["principal"] for each in office.ask("status", "office")["workers"]}
        self.assertNotIn("public", names)


class Large(unittest.TestCase):
    """A record so large that 64 answers that hold it would be more than a message."""

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.office.start(DAEMON)
        opened = next(line for line in YEAR.read_bytes().splitlines() if b"cycle_opened" in line)
        self.assertEqual(self.office.push_lines([opened])[0]["outcome"], "accepted")

    def changed(self, number, units=()):
        line = wire.MODULES["event"].Event(id=f"large-{number}")
        line.cycle_changed.cycle = "2018"
        line.cycle_changed.reason = f"第 {number} 次"
        line.cycle_changed.closing.ms = CLOSING_MS + number * 60000
        line.cycle_changed.units.extend(units)
        return line

    def send(self, *lines):
        batch = wire.MODULES["envelope"].EventBatch(events=lines)
        return [wire.plain(each) for each in
                self.office.wire("office").request(events=batch).answers.answers]

    def test_answers_come_without_their_changes_where_those_do_not_fit(self):
        units = [f"单位 {number} " + "甲" * 700 for number in range(100)]
        [first] = self.send(self.changed(0, units))
        self.assertEqual(first["outcome"], "accepted", first)
        self.assertIn("changes", first)
        lines = [self.changed(number) for number in range(1, 65)]
        answers = self.send(*lines)
        self.assertEqual([each["outcome"] for each in answers], ["accepted"] * 64)
        self.assertEqual([each.get("changes_left_out") for each in answers], [True] * 64)
        self.assertFalse(any("changes" in each for each in answers))
        self.assertEqual([each["repeated"] for each in self.send(*lines)], [True] * 64)


class Full(Door):
    """Room ends by a limit on the size of the coordinator's files, as on a full disk."""

    def tearDown(self):
        self.limit(resource.RLIM_INFINITY)

    def limit(self, size):
        resource.prlimit(office.running["awardd"].popen.pid, resource.RLIMIT_FSIZE,
                         (size, resource.RLIM_INFINITY))

    def test_an_event_that_finds_no_room_is_rejected_and_admitted_when_there_is(self):
        line = event("supervision_finding", {"concerns": "2018", "text": "程序合规"},
                     "supervision", id="no-room")
        self.limit(4096)
        self.assertEqual(self.answer("supervision", line)["reasons"][0]["code"], "disk_full")
        self.limit(resource.RLIM_INFINITY)
        self.assertEqual(office.last_entry(), self.entry, "something was written")
        self.assertEqual(self.answer("supervision", line)["outcome"], "accepted")


class Keys(Door):
    def test_an_unknown_key_is_refused_at_the_handshake(self):
        public, secret = zmq.curve_keypair()
        server = wire.key_read(office.home / "server.key")["public-key"]
        for which in ("clients", "workers"):
            with self.subTest(which), wire.Wire(office.endpoint(which), server, public.decode(),
                                                secret.decode()) as stranger:
                self.assertEqual(stranger.handshake(), zmq.EVENT_HANDSHAKE_FAILED_AUTH)
        office.wait_log("a connection was refused.*" + "".join(
            c if c.isalnum() else "." for c in public.decode()))

    def test_another_server_key_gets_no_handshake(self):
        own = wire.key_read(office.home / "keys/office.key")
        public, _ = zmq.curve_keypair()
        with wire.Wire(office.endpoint("clients"), public.decode(), own["public-key"],
                       own["secret-key"]) as lost:
            self.assertNotEqual(lost.handshake(), zmq.EVENT_HANDSHAKE_SUCCEEDED)

    def test_a_key_opens_one_socket_only(self):
        for principal, which in (("worker-scoring", "clients"), ("office", "workers")):
            with self.subTest(principal), office.connect(principal, which) as wrong:
                query = wire.MODULES["query"].Query()
                query.status.SetInParent()
                reply = wrong.request(query=query)
                self.assertEqual(reply.error.code, "key_not_admitted")

    def test_an_event_in_the_name_of_another_is_rejected_and_logged(self):
        line = event("confidentiality_declared", {"team": "2018-1"}, "reviewer-02", id="forged")
        answer = self.answer("reviewer-01", line)
        self.assertEqual((answer["outcome"], answer["reasons"][0]["code"]),
                         ("rejected", "not_your_name"))
        office.wait_log("not authorised.* event=confidentiality_declared principal=reviewer-01 code=not_your_name")


# ---- Lines

class Json(Door):
    """Lines of push: what is wrong with the form is said with a code and in both languages."""

    def wrong(self, line):
        done = office.ctl("push", "-", "--output", "json", stdin=line + b"\n", fine=(1,))
        row = json.loads(done.stdout.splitlines()[0])
        self.assertEqual(row["outcome"], "rejected", row)
        reason = row["reasons"][0]
        self.assertTrue(reason["code"], row)
        self.assertRegex(reason["zh"], r"[\u4e00-\u9fff]")
        self.assertRegex(reason["en"], r"[A-Za-z]{3}")
        self.assertEqual(reason["article"] in ("form", "limit"), True, row)
        return reason["code"]

    def test_lines_of_a_wrong_form_are_rejected(self):
        good = b'"principal":"office","team_drawn":'
        lines = {
            "unknown event": b'{"principal":"office","team_dreamt":{}}',
            "unknown field": b'{' + good + b'{"cycle":"2018","colour":"red"}}',
            "text for a list": b'{' + good + b'{"members":"reviewer-01"}}',
            "number for a text": b'{' + good + b'{"cycle":2018}}',
            "list for a message": b'{' + good + b'[]}',
            "null and nothing": b'null',
            "a number": b'7',
            "no end": b'{' + good + b'{"cycle":"2018"}',
            "two on a line": b'{' + good + b'{}} {' + good + b'{}}',
            "bad UTF-8": b'{' + good + b'{"cycle":"\xff\xfe"}}',
            "overlong UTF-8": b'{' + good + b'{"cycle":"\xc0\xaf"}}',
            "half a surrogate": b'{' + good + b'{"cycle":"\\ud800"}}',
            "a zero byte": b'{' + good + b'{"cycle":"a\x00b"}}',
            "an escaped zero byte": b'{' + good + b'{"cycle":"a\\u0000b"}}',
            "unknown word": b'{"principal":"office","halt_decided":{"finding":"perhaps"}}',
            "no such day": b'{"principal":"office","visit_opened":{"on":"2018-02-30"}}',
            "no day": b'{"principal":"office","visit_opened":{"on":"today"}}',
            "no moment": b'{"principal":"office","at":"2018-05-14","visit_opened":{}}',
            "two bodies": b'{"principal":"office","visit_opened":{},"visit_sheet":{}}',
            "a field twice": b'{' + good + b'{"cycle":"2018","cycle":"2019"}}',
            "no body": b'{"principal":"office"}',
            "points": b'{"principal":"reviewer-01","defence_score":{"score":"85.555"}}',
            "points as text": b'{"principal":"reviewer-01","defence_score":{"score":"many"}}',
            "deep": b'{' + good + b'{"cycle":' + b'[' * 3000 + b']' * 3000 + b'}}',
            "a long text": b'{' + good + b'{"reason":"' + b'x' * 9000 + b'"}}',
            "a long line": b'{' + good + b'{"reason":"' + b'x' * 1100000 + b'"}}',
        }
        for number in (b"1e400", b"-1", b"1" + b"0" * 400, b"18446744073709551616", b"1.5",
                       b'"9e99"', b"NaN", b"true"):
            lines["days " + number.decode()[:30]] = (
                b'{"principal":"reviewer-01","visit_sheet":{"days":' + number + b'}}')
        for what, line in lines.items():
            with self.subTest(what):
                self.wrong(line)

    def test_one_wrong_line_leaves_the_others_alone(self):
        rows = office.push_lines([b"{", event("confidentiality_declared", {"team": "2018-1"},
                                              "reviewer-11"), b"}"])
        self.assertEqual([row["outcome"] for row in rows], ["rejected"] * 3)
        self.assertEqual(rows[1]["article"], "authority")

    def test_a_field_that_a_rule_needs_is_asked_for(self):
        answer = self.answer("office", event("halt_decided", {"case": CASE}, id="bare"))
        self.assertEqual((answer["outcome"], answer["article"]), ("rejected", "form"))
        self.assertIn("finding", answer["reasons"][0]["en"])


# ---- Authority

class Authority(Door):
    def logged(self, name, principal):
        office.wait_log(f"not authorised.* event={name} principal={principal}")

    def test_a_sheet_of_one_who_is_not_of_the_team(self):
        sheet = {"case": CASE, "scores": SCORES}
        self.rejected(event("independent_sheet", sheet, "reviewer-04"), "not_of_team", "authority")
        self.logged("independent_sheet", "reviewer-04")

    def test_a_sheet_in_the_name_of_another_reviewer(self):
        answer = self.answer("reviewer-02", event("independent_sheet", {"case": CASE},
                                                  "reviewer-03", id="sheet-of-another"))
        self.assertEqual(answer["reasons"][0]["code"], "not_your_name")
        self.logged("independent_sheet", "reviewer-02")

    def test_an_objection_decided_by_the_public(self):
        self.rejected(event("objection_decided", {"objection": "O-1", "finding": "founded",
                                                  "kind": "violation", "report": "x"}, "public"),
                      "not_authorised", "authority")
        self.logged("objection_decided", "public")

    def test_an_event_of_a_worker_sent_by_a_client(self):
        for principal in ("office", "admin", "supervision"):
            self.rejected(event("sheets_compared", {"case": CASE}, principal),
                          "not_authorised", "authority")
            self.logged("sheets_compared", principal)

    def test_an_event_of_the_coordinator_sent_by_anybody(self):
        for name in ("deadline_due", "started", "stopped", "database_created"):
            with self.subTest(name):
                row = self.push_one(event(name, {}, "admin"))
                self.assertEqual(row["outcome"], "rejected", row)
                self.assertEqual(row["article"], "authority", row)

    def test_an_event_of_a_client_sent_by_a_worker(self):
        with office.connect("worker-scoring", "workers") as worker:
            batch = wire.MODULES["envelope"].EventBatch()
            fill(batch.events.add(), {"id": "w", "selection_started": {"cycle": "2018"}})
            answer = wire.plain(worker.request(events=batch).answers.answers[0])
        self.assertEqual((answer["outcome"], answer["article"]), ("rejected", "authority"))
        self.logged("selection_started", "worker-scoring")

    def test_business_of_the_administrator(self):
        self.rejected(event("application_accepted", {"case": CASE}, "admin"), "not_authorised",
                      "authority")

    def test_another_districts_case(self):
        finding = {"condition": "11(1)", "met": True, "evidence": "x", "issuer": "x",
                   "on": "2018-05-14"}
        self.rejected(event("conditions_verified", {"case": CASE, "findings": [finding]},
                            "bureau-500101"), "out_of_scope", "10")
        self.logged("conditions_verified", "bureau-500101")

    def test_another_enterprises_case(self):
        self.rejected(event("application_withdrawn", {"case": CASE, "reason": "x"},
                            "ent-jianglan"), "out_of_scope", "authority")
        self.logged("application_withdrawn", "ent-jianglan")


class Looking(Door):
    def error(self, principal, query, **fields):
        reply = wire.plain(office.wire(principal).ask(query, **fields))
        self.assertNotIn(query, reply)
        self.assertTrue(reply["error"]["zh"] and reply["error"]["en"])
        return reply["error"]

    def test_another_enterprises_case_is_not_shown_and_the_asking_is_logged(self):
        self.assertEqual(self.error("ent-jianglan", "case", case=CASE)["article"], "authority")
        office.wait_log("not authorised.* query=case principal=ent-jianglan")

    def test_its_own_case_is_shown(self):
        view = office.ask("case", "ent-jinyue", case=CASE)
        self.assertEqual(view["case"]["case"], CASE)
        self.assertNotIn("sheets", view)

    def test_an_enterprise_is_shown_to_itself_only(self):
        error = self.error("ent-jianglan", "enterprise", enterprise="91500109622018352Y")
        self.assertEqual(error["article"], "authority")

    def test_the_ranking_is_not_for_applicants_or_reviewers(self):
        for principal in ("ent-jinyue", "reviewer-01", "public"):
            self.assertEqual(self.error(principal, "ranking", cycle="2018")["article"],
                             "authority")

    def test_nobody_sees_anothers_sheet_before_the_last_is_in(self):
        for principal, own in (("reviewer-01", ["reviewer-01"]), ("reviewer-03", []),
                               ("office", []), ("ent-jinyue", []),
                               ("supervision", ["reviewer-01", "reviewer-02"])):
            with self.subTest(principal):
                view = office.ask("case", principal, case=CASE)
                self.assertEqual([sheet["person"] for sheet in view.get("sheets", [])], own)
        for principal in ("reviewer-03", "office"):
            items = office.ask("entries", principal, subject=CASE)["items"]
            scores = [item for item in items
                      if "scores" in item.get("event", {}).get("independent_sheet", {})]
            self.assertEqual(scores, [], principal)

    def test_a_query_without_body_is_refused(self):
        reply = office.wire("office").request(query=wire.MODULES["query"].Query())
        self.assertTrue(reply.error.code or reply.reply.error.code)

    def test_a_name_that_is_too_long_is_refused(self):
        self.error("office", "case", case="2018/" + "9" * 5000)


class Versions(Door):
    def test_an_event_on_a_stale_version_is_rejected_with_what_changed(self):
        version = office.case(CASE)["case"]["version"]
        line = event("halted", {"case": CASE, "ground": "x"}, "reviewer-01", id="stale",
                     expected_version=version - 1)
        answer = self.answer("reviewer-01", line)
        self.assertEqual((answer["outcome"], answer["reasons"][0]["code"]),
                         ("rejected", "version_conflict"))
        self.assertEqual(answer["changed_since"], ["independent_sheet"])

    def test_every_change_since_is_named(self):
        line = event("application_withdrawn", {"case": CASE, "reason": "x"}, id="first",
                     expected_version=1)
        changed = self.answer("office", line)["changed_since"]
        self.assertEqual(changed, ["conditions_verified", "recommendation_given",
                                   "application_accepted", "team_drawn", "independent_sheet",
                                   "independent_sheet"])

    def test_the_same_event_on_the_version_that_stands_is_admitted(self):
        version = office.case(CASE)["case"]["version"]
        line = event("application_withdrawn", {"case": CASE, "reason": "x"}, id="right",
                     expected_version=version)
        answer = self.answer("office", line, dry_run=True)
        self.assertEqual(answer["outcome"], "accepted")
        self.assertTrue(answer["dry_run"])


class LongHistories(unittest.TestCase):
    def test_a_change_behind_many_entries_is_named(self):
        version = office.case(OTHERS)["case"]["version"]
        rows = office.push_lines([event("supervision_finding", {"concerns": OTHERS, "text": "x"},
                                        "supervision", id=f"finding-{number}")
                                  for number in range(80)] +
                                 [event("independent_sheet", {"case": OTHERS, "scores": SCORES},
                                        "reviewer-04")])
        self.assertEqual({row["outcome"] for row in rows}, {"accepted"})
        row = wire.plain(office.wire("office").request(events=stale_batch(version)))
        answer = row["answers"]["answers"][0]
        self.assertEqual(answer["reasons"][0]["code"], "version_conflict")
        self.assertEqual(answer["changed_since"], ["independent_sheet"])


def stale_batch(version):
    batch = wire.MODULES["envelope"].EventBatch()
    fill(batch.events.add(), {"id": "late", "expected_version": version, "application_withdrawn":
                              {"case": OTHERS, "reason": "x"}})
    return batch


class Identity(Door):
    def test_one_id_for_two_contents_is_rejected(self):
        first = json.loads(next(text for text in YEAR.read_text().splitlines()
                                if '"id":"key-reviewer-22"' in text))
        line = event("key_revoked", {"public_key": "@key:office", "reason": "x"}, "admin",
                     id=first["id"])
        self.rejected(line, "id_reused")

    def test_the_moment_of_a_file_of_events_is_for_push_alone(self):
        message = wire.MODULES["event"].Event(principal="office", id="with-a-moment")
        message.at.ms = 1514854800000
        message.cycle_closed.cycle = "2018"
        batch = wire.MODULES["envelope"].EventBatch(events=[message])
        answer = office.wire("office").request(events=batch).answers.answers[0]
        self.assertEqual(answer.reasons[0].code, "at_on_the_wire")

    def test_an_event_over_the_bound_is_rejected(self):
        message = wire.MODULES["event"].Event(principal="office", id="too-large")
        message.cycle_changed.cycle = "2018"
        message.cycle_changed.reason = "x"
        message.cycle_changed.units.extend("单位" * 150 + str(n) for n in range(400))
        batch = wire.MODULES["envelope"].EventBatch(events=[message])
        answer = office.wire("office").request(events=batch).answers.answers[0]
        self.assertEqual(answer.reasons[0].code, "event_too_large")

    def test_an_id_that_is_too_long_is_rejected(self):
        self.rejected(event("cycle_closed", {"cycle": "2018"}, id="x" * 65), "bad_id")


if __name__ == "__main__":
    unittest.main()
