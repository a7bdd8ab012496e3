"""What the notification worker does with real servers: mail, a webhook, a robot, and a SIGKILL.

Each test tells the servers of counterparts.py what to do with the next message, gives the worker a
task as the coordinator would, and sees what arrived and what went on record.
"""
import datetime
import email
import email.policy
import html.parser
import json
import re
import subprocess
import time
import unittest

import counterparts
import rig
import wire
from counterparts import Authority, Coordinator, Exim, MailServer, Receiver, secret_write
from real_office import WORKER, RealOffice, channels_text

SECRET = "一个秘密 of the office's"
KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
NOW = {"message": "office/2018-10-08T09:00:00+08:00/1"}
MESSAGE_ID = "<office%2F2018-10-08T09%3A00%3A00%2B08%3A00%2F1@award.invalid>"


class Channels(unittest.TestCase):
    """A directory, an authority, a coordinator; each class says what is configured."""
    mail = None  # the keys of mail, with {port}

    @classmethod
    def setUpClass(cls):
        cls.directory = counterparts.directory_make()
        cls.authority = Authority(cls.directory)
        cls.closing = []

    @classmethod
    def tearDownClass(cls):
        for each in reversed(cls.closing):
            each.close()
        counterparts.directory_drop(cls.directory)

    @classmethod
    def keep(cls, each):
        cls.closing.append(each)
        return each

    def setUp(self):
        self.coordinator = Coordinator(self.directory)
        self.addCleanup(self.coordinator.close)

    def start(self, **sections):
        """The worker with these channels: each a dictionary of keys."""
        file = self.directory / "channels.yaml"
        file.write_text(channels_text(sections))
        self.coordinator.start(file)
        return self.coordinator

    def mail_keys(self, port, scheme="smtp", tls="starttls", user="award", password="geheim",
                  ca=None, timeout=20):
        keys = {"url": f"{scheme}://127.0.0.1:{port}", "tls": tls, "from": "award@cq.example.cn",
                "ca_file": str(ca or self.authority.ca), "timeout_seconds": timeout}
        if user:
            secret_write(self.directory / "password", password + "\n")
            keys.update(user=user, password_file="password")
        return keys

    def failed(self, event, reply, permanent=False, wait=None):
        self.assertEqual(event["kind"], "message_failed", event)
        self.assertEqual(event.get("permanent", False), permanent, event)
        self.assertEqual(event.get("wait_seconds"), wait, event)
        self.assertRegex(event["reply"], reply)
        return event

    def taken(self, event, channel, reply):
        self.assertEqual(event["kind"], "message_delivered", event)
        self.assertEqual(event["channel"], channel)
        self.assertRegex(event["reply"], reply)


# ---- The mail that arrives

def parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)


class PageText(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.tags, self.inside = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))
        if tag not in ("meta", "br", "hr"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        assert self.inside.pop() == tag

    def handle_data(self, data):
        if "title" not in self.inside:
            self.words += data.split()


def page_of(text):
    page = PageText()
    page.feed(text)
    page.close()
    assert page.inside == []
    return page


class ByExim(Channels):
    """STARTTLS and authentication by Exim, which hands on to a server that keeps the mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.behind = cls.keep(MailServer())
        cls.server = cls.keep(Exim(cls.directory, cls.authority, cls.behind))

    def test_a_mail_arrives_as_a_stranger_reads_it(self):
        self.start(mail=self.mail_keys(self.server.port))
        event = self.coordinator.deliver(**NOW, items=2, template="alerts")
        self.taken(event, "mail", r"^250 OK id=")
        sender, recipients, content = self.behind.next()
        self.assertEqual((sender, recipients), ("award@cq.example.cn", ["zhang@example.cn"]))
        mail = parsed(content)
        self.assertEqual(mail["Subject"], "期限提醒：2 项 / Deadlines: 2")
        self.assertEqual(mail["From"].addresses[0].display_name, "重庆市 awardd")
        self.assertEqual(mail["From"].addresses[0].addr_spec, "award@cq.example.cn")
        self.assertEqual(mail["To"].addresses[0].display_name, "张三")
        self.assertEqual(mail["To"].addresses[0].addr_spec, "zhang@example.cn")
        self.assertEqual(mail["Message-ID"], MESSAGE_ID)
        self.assertEqual(mail["Date"].datetime.isoformat(), "2018-10-08T09:00:00+08:00")
        self.assertEqual(mail.get_content_type(), "multipart/alternative")
        self.assertEqual([part.get_content_type() for part in mail.iter_parts()],
                         ["text/plain", "text/html"])
        self.assertEqual(mail.defects, [])
        self.coordinator.stop()

    def test_a_wrong_password_is_tried_later_and_shows_nowhere(self):
        self.start(mail=self.mail_keys(self.server.port, password="verraten"))
        self.failed(self.coordinator.deliver(**NOW), r"^535 ")
        self.coordinator.worker.wait_line("refuses the login.* status=535")
        self.assertNotIn("verraten", self.coordinator.worker.text())
        self.coordinator.stop()
        self.assertTrue(self.behind.messages.empty())

    def test_a_certificate_of_a_stranger_is_not_trusted(self):
        stranger = Authority(self.directory, "stranger")
        self.start(mail=self.mail_keys(self.server.port, ca=stranger.ca))
        self.failed(self.coordinator.deliver(**NOW), "(?i)certificate")
        self.coordinator.stop()
        self.assertTrue(self.behind.messages.empty())


class Content(Channels):
    """What stands in a mail, by a server without encryption."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.keep(MailServer())

    def setUp(self):
        super().setUp()
        self.start(mail=self.mail_keys(self.server.port, tls="none", user=None))
        self.addCleanup(self.end)

    def end(self):
        self.coordinator.stop()

    def arrive(self, **order):
        self.taken(self.coordinator.deliver(**{**NOW, **order}), "mail", "^250 ")
        return self.server.next()[2]

    def test_text_and_page_have_the_same_content(self):
        mail = parsed(self.arrive(items=3))
        text, page = [part.get_content() for part in mail.iter_parts()]
        marks = ("-", "----", "--")  # what a page shows by lines and lists
        words = str(mail["Subject"]).split() + [word for word in text.split() if word not in marks]
        self.assertEqual("".join(page_of(page).words), "".join(words))
        self.assertIn("甲公司<1>&乙，末日", text)

    def test_the_page_lists_items_and_loads_nothing(self):
        mail = parsed(self.arrive(items=3))
        page = mail.get_body(("html",)).get_content()
        shown = page_of(page)
        tags = [tag for tag, _ in shown.tags]
        self.assertEqual((tags.count("li"), tags.count("h1"), tags.count("ul")), (6, 1, 2))
        self.assertEqual([attrs for _, attrs in shown.tags if attrs], [[("charset", "utf-8")]])
        self.assertIn("<code>awardctl send objection_decided objection=o-2</code>", page)
        self.assertNotRegex(page, r"https?:|src=|href=|style")

    def test_what_a_fact_contains_is_text_in_the_page(self):
        mail = parsed(self.arrive(template="task_given_up", facts=[
            ("reason", "<script>alert(1)</script> & \"x\""), ("task", "t")]))
        page = mail.get_body(("html",)).get_content()
        self.assertNotIn("<script", page)
        self.assertIn('<script>alert(1)</script> & "x"', " ".join(page_of(page).words))

    def test_every_attempt_has_the_same_bytes(self):
        self.assertEqual(self.arrive(items=5), self.arrive(items=5))

    def test_another_message_has_another_identity(self):
        other = parsed(self.arrive(message="office/2018-10-08T09:00:00+08:00/2"))
        self.assertNotEqual(other["Message-ID"], MESSAGE_ID)

    def test_the_language_of_the_recipient_is_the_only_one(self):
        zh = parsed(self.arrive(items=1, language="zh"))
        self.assertEqual(zh["Subject"], "期限提醒：1 项")
        self.assertNotIn("These deadlines", zh.get_body(("plain",)).get_content())
        en = parsed(self.arrive(items=1, language="en"))
        self.assertEqual(en["Subject"], "Deadlines: 1")
        self.assertNotIn("以下期限", en.get_body(("plain",)).get_content())

    def test_no_name_and_no_address_brings_headers_or_commands(self):
        mail = parsed(self.arrive(name="甲\r\nBcc: x@example.cn"))
        self.assertIsNone(mail["Bcc"])
        for address in ("a@b>\r\nDATA", "a b@c", "@c", "a@", "a,b@c", "<a@b>", "张@例.cn"):
            event = self.coordinator.deliver(**NOW, address=address)
            self.failed(event, "地址不能使用.*cannot be used", permanent=True)
        self.assertTrue(self.server.messages.empty())

    def test_without_an_address_and_in_a_rehearsal_it_goes_into_the_spool(self):
        for order in ({"address": None}, {"address": ""}, {"rehearsal": True}, {"channel": "spool"},
                      {"channel": ""}):
            event = self.coordinator.deliver(**{**NOW, **order})
            self.taken(event, "spool", "^spooled: ")
        self.assertTrue(self.server.messages.empty())

    def test_a_channel_that_is_not_configured_says_what_to_do(self):
        for name in ("webhook", "wecom"):
            event = self.coordinator.deliver(**NOW, channel=name, address="13800000000")
            self.failed(event, f"--channels.*{name}.*not configured", permanent=True)
            self.assertEqual(event["channel"], name)


# ---- Servers that do not take it

class MailRefused(Channels):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.keep(MailServer(cls.authority, password="geheim"))

    def setUp(self):
        super().setUp()
        self.server.says = {}

    def test_4xx_is_tried_later_and_5xx_never_again(self):
        self.start(mail=self.mail_keys(self.server.port))
        for step in ("RCPT", "DATA"):
            for line, permanent in (("450 4.2.1 busy", False), ("452 4.2.2 full", False),
                                    ("550 5.1.1 no such mailbox", True), ("554 5.7.1 spam", True),
                                    ("530 5.7.0 log in first", False)):
                self.server.says = {step: line}
                with self.subTest(step=step, line=line):
                    self.failed(self.coordinator.deliver(**NOW), "^" + line[:9],
                                permanent=permanent)
        self.server.says = {}
        self.taken(self.coordinator.deliver(**NOW), "mail", "^250 2.0.0 taken as 4711$")
        self.server.next()
        self.coordinator.stop()

    def test_a_refused_login_is_tried_later(self):
        self.start(mail=self.mail_keys(self.server.port, password="falsch"))
        self.failed(self.coordinator.deliver(**NOW), "^535 ")
        self.coordinator.stop()

    def test_a_server_without_encryption_gets_no_password(self):
        plain = MailServer(password=None)
        try:
            self.start(mail=self.mail_keys(plain.port))
            self.failed(self.coordinator.deliver(**NOW), "(?i)STARTTLS|SSL|TLS")
            self.coordinator.stop()
            self.assertTrue(plain.messages.empty())
        finally:
            plain.close()

    def test_implicit_tls_takes_it_too(self):
        server = MailServer(self.authority, implicit=True)
        try:
            self.start(mail=self.mail_keys(server.port, scheme="smtps", tls="tls", user=None))
            self.taken(self.coordinator.deliver(**NOW), "mail", "^250 ")
            self.assertEqual(parsed(server.next()[2])["Message-ID"], MESSAGE_ID)
            self.coordinator.stop()
        finally:
            server.close()

    def test_a_server_that_is_down_and_up_again_gets_it_with_the_same_identity(self):
        server = MailServer()
        self.start(mail=self.mail_keys(server.port, tls="none", user=None))
        self.taken(self.coordinator.deliver(**NOW), "mail", "^250 ")
        first = server.next()[2]
        server.close()
        self.failed(self.coordinator.deliver(**NOW), "(?i)connect|refused|recv|reset|closed")
        again = MailServer(port=server.port)
        try:
            self.taken(self.coordinator.deliver(**NOW), "mail", "^250 ")
            self.assertEqual(again.next()[2], first)
            self.coordinator.stop()
        finally:
            again.close()

    def test_a_connection_cut_before_the_answer_is_tried_later(self):
        async def cut(_session):
            self.server.cut()
            await counterparts.asyncio.sleep(counterparts.PATIENCE)
        self.server.says = {"DATA": cut}
        self.start(mail=self.mail_keys(self.server.port))
        self.failed(self.coordinator.deliver(**NOW), ".")
        lost = self.server.next()[2]
        self.server.says = {}
        self.taken(self.coordinator.deliver(**NOW), "mail", "^250 ")
        self.assertEqual(self.server.next()[2], lost)
        self.coordinator.stop()

    def test_a_slow_server_holds_up_nothing_else(self):
        async def hang(_session):
            await counterparts.asyncio.sleep(counterparts.PATIENCE)
        self.server.says = {"DATA": hang}
        self.start(mail=self.mail_keys(self.server.port, timeout=2))
        hellos = self.coordinator.hellos
        begun = time.monotonic()
        slow = [{"message": f"slow-{number}"} for number in range(4)]
        self.coordinator.give(*slow, {"message": "spooled", "address": None})
        self.taken(self.coordinator.answer(), "spool", "^spooled")
        self.assertLess(time.monotonic() - begun, 2)
        for _ in slow:
            self.failed(self.coordinator.answer(), "(?i)timed out|time-?out")
        # Side by side; the answer and the one to QUIT are waited for.
        self.assertLess(time.monotonic() - begun, 6)
        self.assertGreaterEqual(self.coordinator.hellos - hellos, 2)
        self.server.cut()
        self.coordinator.stop()

    def test_a_worker_ends_at_once_whatever_it_waits_for(self):
        reached = counterparts.threading.Event()

        async def hang(_session):
            reached.set()
            await counterparts.asyncio.sleep(counterparts.PATIENCE)
        self.server.says = {"DATA": hang}
        self.start(mail=self.mail_keys(self.server.port, timeout=60))
        self.coordinator.give(NOW)
        self.assertTrue(reached.wait(counterparts.PATIENCE))
        begun = time.monotonic()
        self.coordinator.stop()
        self.assertLess(time.monotonic() - begun, 3)
        self.server.next()


# ---- HTTPS

class Https(Channels):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.keep(Receiver(cls.authority))

    def webhook_keys(self, **more):
        secret_write(self.directory / "secret", SECRET + "\n")
        return {"url": f"https://127.0.0.1:{self.server.port}/award", "secret_file": "secret",
                "ca_file": str(self.authority.ca), "timeout_seconds": 20, **more}

    def wecom_keys(self, **more):
        secret_write(self.directory / "key", KEY + "\n")
        return {"url": f"https://127.0.0.1:{self.server.port}/cgi-bin/webhook/send",
                "key_file": "key", "ca_file": str(self.authority.ca), "timeout_seconds": 20, **more}


class Webhook(Https):
    def deliver(self, *answers, **order):
        for answer in answers:
            self.server.answers.put(answer)
        event = self.coordinator.deliver(**{**NOW, "channel": "webhook", "address": "zhang",
                                            **order})
        return event, self.server.next()

    def signature_check(self, headers, body):
        timestamp = headers["X-Award-Timestamp"]
        self.assertLess(abs(int(timestamp) - time.time()), 60)
        self.assertEqual(headers["X-Award-Signature"], counterparts.signature(SECRET, headers, body))

    def test_it_is_signed_and_says_what_to_whom(self):
        self.start(webhook=self.webhook_keys())
        event, (path, headers, body) = self.deliver((200, {}, "已收".encode()), items=1)
        self.taken(event, "webhook", "^HTTP 200 已收$")
        self.assertEqual(path, "/award")
        self.signature_check(headers, body)
        self.assertEqual(headers["Content-Type"], "application/json; charset=utf-8")
        self.assertEqual(headers["X-Award-Message"],
                         "office%2F2018-10-08T09%3A00%3A00%2B08%3A00%2F1")
        said = json.loads(body)
        self.assertEqual(said["message"], NOW["message"])
        self.assertEqual((said["recipient"], said["name"], said["address"], said["template"]),
                         ("office", "张三", "zhang", "alerts"))
        self.assertEqual(said["subject"], "期限提醒：1 项 / Deadlines: 1")
        self.assertIn("甲公司<0>&乙", said["text"])
        self.assertIsNone(said["case"])
        self.assertNotIn(SECRET, json.dumps(headers, ensure_ascii=False) + body.decode())
        self.coordinator.stop()

    def test_every_attempt_has_the_same_body_and_identity(self):
        self.start(webhook=self.webhook_keys())
        event, (_, first, body) = self.deliver((500, {}, b"x"))
        self.failed(event, "^HTTP 500 x$")
        event, (_, second, again) = self.deliver()
        self.taken(event, "webhook", "^HTTP 200")
        self.assertEqual((body, first["X-Award-Message"]), (again, second["X-Award-Message"]))
        self.signature_check(second, again)
        self.coordinator.stop()

    def test_the_status_decides_and_retry_after_is_honoured(self):
        self.start(webhook=self.webhook_keys())
        for answer, permanent, wait in (
                ((429, {"Retry-After": "120"}, b""), False, 120),
                ((503, {"Retry-After": "999999999"}, b""), False, 86400),
                ((429, {}, b""), False, None), ((502, {}, b""), False, None),
                ((408, {}, b""), False, None), ((400, {}, b""), True, None),
                ((401, {}, b""), True, None), ((404, {"Retry-After": "5"}, b""), True, None),
                ((302, {"Location": "/elsewhere"}, b""), True, None)):
            with self.subTest(answer=answer):
                event, (path, _, _) = self.deliver(answer)
                self.failed(event, f"^HTTP {answer[0]}", permanent=permanent, wait=wait)
                self.assertEqual(path, "/award")
        self.assertTrue(self.server.requests.empty())  # no redirect was followed
        self.coordinator.stop()

    def test_what_a_server_says_is_bounded_and_on_one_line(self):
        self.start(webhook=self.webhook_keys())
        event, _ = self.deliver((500, {}, b"a\r\nb\x00c" + b"\xff" * 3000))
        self.failed(event, r"^HTTP 500 a  b")
        self.assertLess(len(event["reply"]), 500)
        event, _ = self.deliver("flood")
        self.taken(event, "webhook", "^HTTP 200 xxx")
        self.coordinator.stop()

    def test_one_that_hangs_or_cuts_the_connection_is_tried_later(self):
        self.start(webhook=self.webhook_keys(timeout_seconds=1))
        event, _ = self.deliver("cut")
        self.failed(event, ".")
        while not self.server.requests.empty():
            self.server.requests.get()
        event, _ = self.deliver("hang")
        self.failed(event, "(?i)timed out|time-?out")
        self.server.released.set()
        self.coordinator.stop()

    def test_a_certificate_of_a_stranger_is_not_trusted(self):
        stranger = Authority(self.directory, "other")
        self.start(webhook=self.webhook_keys(ca_file=str(stranger.ca)))
        event = self.coordinator.deliver(**NOW, channel="webhook", address="zhang")
        self.failed(event, "(?i)certificate")
        self.assertTrue(self.server.requests.empty())
        self.coordinator.stop()


class Wecom(Https):
    def deliver(self, answer, **order):
        self.server.answers.put((200, {}, json.dumps(answer).encode()
                                 if isinstance(answer, dict) else answer))
        event = self.coordinator.deliver(**{**NOW, "channel": "wecom", "address": "13800000000",
                                            **order})
        return event, self.server.next()

    def test_the_message_is_of_the_documented_form(self):
        self.start(wecom=self.wecom_keys())
        event, (path, _, body) = self.deliver({"errcode": 0, "errmsg": "ok"}, items=1)
        self.taken(event, "wecom", '^HTTP 200 .*"errcode": 0')
        self.assertEqual(path, "/cgi-bin/webhook/send?key=" + KEY)
        said = json.loads(body)
        self.assertEqual(list(said), ["msgtype", "text"])
        self.assertEqual(said["msgtype"], "text")
        self.assertEqual(said["text"]["mentioned_mobile_list"], ["13800000000"])
        self.assertTrue(said["text"]["content"].startswith("期限提醒：1 项 / Deadlines: 1\n\n"))
        self.assertNotIn(KEY, self.coordinator.worker.text())
        self.assertNotIn(KEY.encode(), open(f"/proc/{self.coordinator.worker.popen.pid}/cmdline",
                                            "rb").read())
        self.coordinator.stop()

    def test_a_long_one_is_cut_between_characters_and_says_where_the_rest_is(self):
        self.start(wecom=self.wecom_keys())
        for items in range(8, 15):  # the cut falls on another byte each time
            _, (_, _, body) = self.deliver({"errcode": 0}, items=items, name="乙" * items)
            content = json.loads(body)["text"]["content"]
            self.assertTrue(content.endswith("the rest: awardctl alerts）"), content)
            self.assertLessEqual(len(content.encode()), 2048)
            self.assertGreater(len(content.encode()), 2040)
        self.coordinator.stop()

    def test_where_the_rest_is_depends_on_what_it_says(self):
        self.start(wecom=self.wecom_keys())
        long = [("reason", "缺" * 800), ("task", "t")]
        for template, line in (("duty_gap", "check"), ("task_given_up", "messages")):
            _, (_, _, body) = self.deliver({"errcode": 0}, template=template, facts=long)
            content = json.loads(body)["text"]["content"]
            self.assertTrue(content.endswith(f"（全文见 awardctl {line} / the rest: awardctl {line}）"),
                            content[-200:])
        self.coordinator.stop()

    def test_the_code_in_the_body_decides(self):
        self.start(wecom=self.wecom_keys())
        for answer, permanent, wait in (
                ({"errcode": -1, "errmsg": "system busy"}, False, 60),
                ({"errcode": 93000, "errmsg": "invalid webhook url"}, True, None),
                ({"errcode": 40058, "errmsg": "invalid Request Parameter"}, True, None),
                ({"errcode": 12345}, False, None), ({"errcode": "0"}, False, None),
                (b"<html>sign in</html>", False, None), (b"", False, None), ({}, False, None)):
            with self.subTest(answer=answer):
                event, _ = self.deliver(answer)
                self.failed(event, "^HTTP 200", permanent=permanent, wait=wait)
        self.coordinator.stop()

    def test_after_too_many_it_gets_nothing_for_a_minute(self):
        self.start(wecom=self.wecom_keys())
        event, _ = self.deliver({"errcode": 45009, "errmsg": "api freq out of limit"})
        self.failed(event, "^HTTP 200.*45009", wait=60)
        event = self.coordinator.deliver(message="next", channel="wecom", address="13800000000")
        self.assertEqual((event["kind"], event.get("permanent")), ("message_failed", None))
        self.assertIn(event["wait_seconds"], (58, 59, 60))
        self.assertTrue(self.server.requests.empty())
        self.coordinator.stop()

    def test_no_more_than_the_robot_takes_a_minute(self):
        self.start(wecom=self.wecom_keys(per_minute=3))
        orders = [{"message": f"m-{number}", "channel": "wecom", "address": "13800000000"}
                  for number in range(8)]
        for _ in range(3):
            self.server.answers.put((200, {}, b'{"errcode":0}'))
        self.coordinator.give(*orders)
        events = [self.coordinator.answer() for _ in orders]
        put_off = [event for event in events if event["kind"] == "message_failed"]
        self.assertEqual(len(put_off), 5)
        waits = [event["wait_seconds"] for event in put_off]
        for wait, least in zip(waits, (50, 50, 50, 110, 110)):
            self.assertTrue(least <= wait <= least + 10, waits)
        for _ in range(3):
            self.server.next()
        self.assertTrue(self.server.requests.empty())
        self.coordinator.stop()


# ---- SIGKILL

class Killed(Channels):
    """The worker is killed at a step; the task is given again, as a lease that ends does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.keep(MailServer())

    def setUp(self):
        super().setUp()
        self.server.says = {}
        self.keys = self.mail_keys(self.server.port, tls="none", user=None)
        self.reached = counterparts.threading.Event()

    def die_at(self, step, value):
        self.server.says = {step: value}
        self.start(mail=self.keys)
        self.coordinator.give(NOW)
        self.assertTrue(self.reached.wait(counterparts.PATIENCE))
        self.coordinator.kill()
        self.server.says = {}

    def delivered_again(self):
        """The task once more, to a new worker; all copies that ever came."""
        self.coordinator.start(self.directory / "channels.yaml")
        self.taken(self.coordinator.deliver(**NOW), "mail", "^250 ")
        self.coordinator.stop()
        copies = [self.server.next()[2]]
        while not self.server.messages.empty():
            copies.append(self.server.next()[2])
        self.assertEqual({parsed(copy)["Message-ID"] for copy in copies}, {MESSAGE_ID})
        self.assertEqual(len(set(copies)), 1)
        return len(copies)

    def hold(self):
        async def held(*_):
            self.reached.set()
            await counterparts.asyncio.sleep(counterparts.PATIENCE)
        return held

    def test_before_the_server_says_anything(self):
        self.die_at("CONNECT", lambda _: self.reached.set())
        self.assertEqual(self.delivered_again(), 1)

    def test_before_the_server_says_what_it_can(self):
        self.die_at("EHLO", self.hold())
        self.assertEqual(self.delivered_again(), 1)

    def test_before_the_sender_is_taken(self):
        self.die_at("MAIL", self.hold())
        self.assertEqual(self.delivered_again(), 1)

    def test_before_the_recipient_is_taken(self):
        self.die_at("RCPT", self.hold())
        self.assertEqual(self.delivered_again(), 1)

    def test_when_the_server_has_it_and_has_not_said_so(self):
        self.die_at("DATA", self.hold())
        self.assertEqual(self.delivered_again(), 2)

    def test_when_the_server_has_said_so_and_is_taken_leave_of(self):
        self.die_at("QUIT", self.hold())
        self.assertEqual(self.delivered_again(), 2)

    def test_when_the_server_has_said_so_and_the_coordinator_does_not_know(self):
        self.start(mail=self.keys)
        self.coordinator.give(NOW)
        self.coordinator.answer(acknowledge=False)
        self.coordinator.kill()
        self.assertEqual(self.delivered_again(), 2)

    def test_five_kills_are_five_copies_more_at_most(self):
        for _ in range(5):
            self.reached.clear()
            self.die_at("DATA", self.hold())
        self.assertEqual(self.delivered_again(), 6)

    def test_asked_twice_while_it_goes_on_it_is_sent_once(self):
        release = counterparts.asyncio.Event()

        async def wait(_session):
            self.reached.set()
            await release.wait()
            return "250 taken"
        self.server.says = {"DATA": wait}
        self.start(mail=self.keys)
        self.coordinator.give(NOW)
        self.assertTrue(self.reached.wait(counterparts.PATIENCE))
        self.coordinator.give(NOW)
        self.coordinator.give({"message": "spooled", "address": None})
        self.taken(self.coordinator.answer(), "spool", "^spooled")  # so the second was seen
        self.server.loop.call_soon_threadsafe(release.set)
        self.taken(self.coordinator.answer(), "mail", "^250 ")
        self.server.next()
        self.assertTrue(self.server.messages.empty())
        self.coordinator.stop()


class KilledByHttps(Https):
    def twice(self, channel, **sections):
        """It is killed while the receiver has the request, and asked again: both requests."""
        self.server.answers.put("hang")
        self.start(**sections)
        order = {**NOW, "channel": channel, "address": "13800000000", "items": 3}
        self.coordinator.give(order)
        first = self.server.next()
        self.coordinator.kill()
        self.server.answers.put((200, {}, b'{"errcode":0}'))
        self.coordinator.start(self.directory / "channels.yaml")
        self.taken(self.coordinator.deliver(**order), channel, "^HTTP 200")
        self.coordinator.stop()
        second = self.server.next()
        self.assertTrue(self.server.requests.empty())
        return first, second

    def test_a_webhook_gets_the_same_body_and_identity_once_more(self):
        (_, first, body), (_, second, again) = self.twice("webhook", webhook=self.webhook_keys())
        self.assertEqual(body, again)
        self.assertEqual(first["X-Award-Message"], second["X-Award-Message"])

    def test_the_robot_gets_the_same_text_once_more(self):
        (_, _, body), (_, _, again) = self.twice("wecom", wecom=self.wecom_keys())
        self.assertEqual(body, again)


# ---- With the coordinator itself

POLICY = """
delivery_attempts: 3
delivery_first_wait: 1
delivery_longest_wait: 1
ladders:
  - {kind: closing, steps: [{offset_days: 0, at: "09:00", roles: [office]}]}
"""
APPLICANT = "ent-zhiqiao"
CODE = "91500109MA5U0K278Q"


class InTheOffice(unittest.TestCase):
    """An application is refused, and the enterprise is told of it by mail."""

    @classmethod
    def setUpClass(cls):
        cls.server = MailServer()
        cls.addClassCleanup(cls.server.close)
        cls.office = RealOffice(POLICY)
        cls.addClassCleanup(cls.office.abandon)
        cls.office.channels_write(mail={"url": f"smtp://127.0.0.1:{cls.server.port}", "tls": "none",
                                        "from": "award@cq.example.cn"})
        cls.office.start(rig.DAEMON, WORKER)
        for person in (APPLICANT, "admin"):
            cls.office.ctl("address", person, "--mail", person + "@example.cn", "--as", person)
        now = datetime.datetime.now(wire.SHANGHAI)

        def day(number):
            return (now + datetime.timedelta(days=number)).date().isoformat()
        cls.yesterday = day(-1)
        lines = [line for line in map(json.loads, rig.YEAR.read_text().splitlines())
                 if CODE in json.dumps(line)]
        cls.application = next(line for line in lines if "application_submitted" in line)
        registered = next(line for line in lines if "enterprise_registered" in line)
        registered["enterprise_registered"]["operating_since"] = day(-400)
        cls.push(registered, {"principal": "office", "cycle_opened": {
            "cycle": "2026", "closing": day(9) + "T18:00:00+08:00", "chair": "市质监局",
            "notice": [{"medium": "重庆日报", "on": day(-5), "digest": "ab" * 32}],
            "units": ["市质监局", "市经济信息委"]}})

    @classmethod
    def push(cls, *lines):
        for line in lines:
            line.pop("at", None)
        return [row["outcome"] for row in cls.office.push_lines(list(lines))]

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def setUp(self):
        self.server.says = {}

    def refuse(self):
        """One application more that is refused: by Article 11(1) it is too early."""
        line = json.loads(json.dumps(self.application))
        body = line["application_submitted"]
        body["cycle"] = "2026"
        for name in ("electronic_receipt", "paper_receipt"):
            body[name] = self.yesterday + body[name][10:]
        line["id"] = f"application-{time.monotonic_ns()}"
        self.assertEqual(self.push(line), ["refused"])

    def test_what_fails_is_tried_again_and_what_was_said_is_on_record(self):
        self.server.says = {"RCPT": "450 4.2.1 come back"}
        self.refuse()
        self.office.message_until({"attempts": 1, "state": "sealed"}, APPLICANT)
        shown = self.office.ctl("alerts", "--undelivered", "--as", "office").stdout
        self.assertIn("450 4.2.1 come back", shown)
        self.server.says = {}
        _, recipients, content = self.server.next()
        self.assertEqual(recipients, [APPLICANT + "@example.cn"])
        row = self.office.message_until({"state": "delivered"}, APPLICANT)
        self.assertEqual((row["reply"], row["channel"]), ("250 2.0.0 taken as 4711", "mail"))
        self.assertGreaterEqual(row["attempts"], 1)
        self.assertIn("ended", row)
        self.assertIn(row["message"].split("/")[0], parsed(content)["Message-ID"])
        self.assertEqual(self.office.messages(undelivered=True), [])

    @staticmethod
    def to_applicant(line):
        """This line to the applicant, and to everybody else that it is taken."""
        async def answer(envelope, address):
            if address.startswith(APPLICANT):
                return line
            envelope.rcpt_tos.append(address)
            return "250 OK"
        return answer

    def test_what_is_given_up_is_told_to_the_administrator(self):
        for says, attempts in (("550 5.1.1 nobody", 1), ("451 4.3.0 busy", 3)):
            with self.subTest(says=says):
                self.server.says = {"RCPT": self.to_applicant(says)}
                self.refuse()
                row = self.office.message_until({"state": "failed"}, APPLICANT)
                self.assertEqual((row["attempts"], row["reply"][:9]), (attempts, says[:9]))
                _, recipients, content = self.server.next()
                self.assertEqual(recipients, ["admin@example.cn"])
                self.assertIn("消息未能送达", parsed(content)["Subject"])
                text = parsed(content).get_body(("plain",)).get_content()
                self.assertIn(row["message"], text)
                self.assertIn(says, text)
                self.office.message_until({"state": "delivered"}, "admin")
                self.undelivered_until_acknowledged(row["message"])

    def undelivered_until_acknowledged(self, message):
        """The office has telephoned: the line that the list shows takes it off it, and not for ever."""
        def shown(*words):
            return self.office.ctl(*words, "--as", "office").stdout
        self.assertIn(message, shown("today"))
        self.assertIn(f"awardctl alerts ack {message}", shown("alerts", "--undelivered"))
        shown("alerts", "ack", message)
        self.assertNotIn(message, shown("alerts", "--undelivered"))
        self.assertNotIn(message, shown("today"))
        self.assertRegex(shown("alerts", "--undelivered", "--all"),
                         "已阅 acknowledged: office .*" + re.escape(message))

    def message_hangs(self):
        """A message is on its way, and its server has the whole of it and says nothing."""
        reached = counterparts.threading.Event()

        async def hang(_session):
            reached.set()
            await counterparts.asyncio.sleep(counterparts.PATIENCE)
        self.server.says = {"DATA": hang}
        self.refuse()
        self.assertTrue(reached.wait(counterparts.PATIENCE))

    def test_a_worker_that_is_killed_with_the_message_sent_sends_it_once_more(self):
        self.message_hangs()
        self.office.kill(WORKER)
        self.server.says = {}
        self.office.start(WORKER)
        self.office.message_until({"state": "delivered"}, APPLICANT)
        copies = {self.server.next()[2], self.server.next()[2]}
        self.assertEqual(len(copies), 1)
        self.assertTrue(self.server.messages.empty())

    def test_a_worker_that_is_stopped_with_a_message_on_its_way_gives_it_back(self):
        self.message_hangs()
        begun = time.monotonic()
        self.office.stop(WORKER)
        self.assertLess(time.monotonic() - begun, 5)
        self.office.wait_log("worker left principal=worker-notification$")
        [row] = self.office.ask("tasks", "admin")["rows"]
        self.assertNotIn("leased_to", row)
        self.server.says = {}
        self.office.start(WORKER)
        self.office.message_until({"state": "delivered"}, APPLICANT)
        copies = {self.server.next()[2], self.server.next()[2]}
        self.assertEqual(len(copies), 1)

    def test_two_workers_with_one_key_are_told_of(self):
        other = rig.Process(WORKER, self.office.arguments(WORKER))
        self.office.wait_log("WARN .*two programs use one key.* principal=worker-notification$")
        self.assertEqual(other.end(rig.signal.SIGTERM), 0)


# ---- What is configured wrongly

class Refused(Channels):
    def refusal(self, text):
        (self.directory / "bad.yaml").write_text(text)
        server, key = self.coordinator.server_key, str(self.coordinator.key_file)
        done = subprocess.run(
            [str(rig.BIN / "award-notification"), "--endpoint",
             self.coordinator.endpoint, "--server-key", server, "--key", key, "--spool",
             str(self.directory / "spool"), "--channels", str(self.directory / "bad.yaml")],
            capture_output=True, text=True, timeout=counterparts.PATIENCE,
            env=rig.environment())
        self.assertEqual(done.returncode, 1, done.stderr)
        return done.stderr

    def test_a_secret_that_others_can_read(self):
        secret_write(self.directory / "open", "verraten", 0o640)
        said = self.refusal("webhook:\n  url: https://a/b\n  secret_file: open\n")
        self.assertRegex(said, "chmod 600")
        self.assertNotIn("verraten", said)

    def test_a_secret_that_is_not_there(self):
        self.assertRegex(self.refusal("wecom:\n  key_file: none\n"), "No such file")

    def test_a_key_of_nothing_with_its_line(self):
        self.assertRegex(self.refusal("mail:\n  host: a\n"), r"bad\.yaml:2:3: ")


if __name__ == "__main__":
    unittest.main()
