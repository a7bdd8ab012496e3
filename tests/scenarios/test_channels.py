"""What the notification worker does with a real server of mail, and what it says of its settings."""
import html.parser
import subprocess
import time
import unittest

import counterparts
import rig
from channel_tests import MESSAGE_ID, NOW, Channels, parsed
from counterparts import Authority, Exim, MailServer, secret_write


# ---- The mail that arrives

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
