"""test_alert_try - `awardctl alert test CHANNEL PERSON` against real servers

An office by the clock of the system; a mail server with STARTTLS and a password, Exim, a webhook and
the robot of WeCom over HTTPS. Whoever is asked by the command sees what the server said, in the
sentences of both languages and by the status: 0, it was taken; 1, it was not; 2, no such channel.
"""
import email
import email.policy
import json
import unittest

import counterparts
import rig
from counterparts import Authority, Exim, MailServer, Receiver, secret_write
from real_office import WORKER, RealOffice

# What is refused for the moment is not tried again while the test runs.
POLICY = """
delivery_attempts: 2
delivery_first_wait: 3600
delivery_longest_wait: 3600
ladders:
  - {kind: closing, steps: [{offset_days: 0, at: "09:00", roles: [office]}]}
"""
PASSWORD = "geheim"
SECRET = "一个秘密 of the office's"
KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
PERSON = "review-committee"  # has every address
MAIL, MOBILE, NAME = "pingshen@example.cn", "13800000000", "gw-pingshen"
NOBODY = "government"  # has none


class Tried(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = counterparts.directory_make()
        cls.addClassCleanup(counterparts.directory_drop, cls.directory)
        cls.authority = Authority(cls.directory)
        cls.mail = MailServer(cls.authority, password=PASSWORD)
        cls.addClassCleanup(cls.mail.close)
        cls.https = Receiver(cls.authority)
        cls.addClassCleanup(cls.https.close)
        for name, text in (("password", PASSWORD), ("secret", SECRET), ("key", KEY)):
            secret_write(cls.directory / name, text + "\n")
        cls.office = RealOffice(POLICY)
        cls.addClassCleanup(cls.office.abandon)
        cls.office.channels_write(**cls.channels())
        cls.office.start(rig.DAEMON, WORKER)
        cls.office.ctl("address", PERSON, "--mail", MAIL, "--wecom", MOBILE, "--webhook", NAME,
                       "--spool", "yes", "--as", "office")

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def setUp(self):
        self.mail.says = {}

    @classmethod
    def channels(cls, mail_port=None, https_port=None):
        """All three, at these ports or at those of the servers."""
        own = {"ca_file": str(cls.authority.ca), "timeout_seconds": 10}
        https = f"https://127.0.0.1:{https_port or cls.https.port}"
        return {"mail": {"url": f"smtp://127.0.0.1:{mail_port or cls.mail.port}", "tls": "starttls",
                         "user": "award", "password_file": str(cls.directory / "password"),
                         "from": "award@cq.example.cn", **own},
                "webhook": {"url": https + "/award/t-4711", "secret_file":
                            str(cls.directory / "secret"), **own},
                "wecom": {"url": https + "/cgi-bin/webhook/send", "key_file":
                          str(cls.directory / "key"), **own}}

    def configured(self, **sections):
        """The worker with other channels for the rest of this test."""
        self.configure(sections)
        self.addCleanup(self.configure, self.channels())

    def configure(self, sections):
        self.office.stop(WORKER)
        self.office.channels_write(**sections)
        self.office.start(WORKER)

    # ---- The command

    def attempt(self, channel, person=PERSON, *options, status):
        return self.office.ctl("alert", "test", channel, person, *options, "--as", "office",
                               fine=(status,))

    def taken(self, channel, reply):
        done = self.attempt(channel, status=0)
        self.assertRegex(done.stdout, "消息 message .*等候服务器答复 waiting for the server\n"
                                      f"已接收 taken: {reply}\n")
        self.assertEqual(done.stderr, "")

    def not_taken(self, channel, reply):
        """The reply in both sentences; nothing of addresses and secrets in them or on record."""
        done = self.attempt(channel, status=1)
        self.assertRegex(done.stderr, f"服务器没有接收：{reply}.*；请核对地址和渠道的配置")
        self.assertRegex(done.stderr, f"the server did not take it: {reply}.*; check the address and "
                                      "the settings of the channel")
        self.assertNotIn("taken", done.stdout)
        kept = done.stdout + done.stderr + json.dumps(self.office.messages("office"))
        for word in (MAIL, MOBILE, NAME, PASSWORD, SECRET, KEY, "t-4711"):
            self.assertNotIn(word, kept)

    def refused(self, channel, person, code, zh, en):
        done = self.attempt(channel, person, status=1)
        for words in ("驳回 / rejected", f"[{code}]", zh, en):
            self.assertIn(words, done.stdout)

    # ---- Mail

    def mail_next(self, server):
        _, recipients, content = server.next()
        self.assertEqual(recipients, [MAIL])
        return email.message_from_bytes(content, policy=email.policy.default)

    def test_mail_is_taken(self):
        self.taken("mail", "250 2.0.0 taken as 4711")
        mail = self.mail_next(self.mail)
        self.assertEqual(mail["Subject"], "渠道测试：电子邮件 / A test of the channel: e-mail")
        text = mail.get_body(("plain",)).get_content()
        self.assertIn("无需办理", text)
        self.assertIn("nothing is to be done", text)

    def test_mail_is_taken_by_exim(self):
        behind = MailServer()
        self.addCleanup(behind.close)
        directory = counterparts.directory_make()
        self.addCleanup(counterparts.directory_drop, directory)
        exim = Exim(directory, Authority(directory, "exim"), behind)
        self.addCleanup(exim.close)
        mail = self.channels(mail_port=exim.port)["mail"]
        self.configured(mail={**mail, "ca_file": str(directory / "exim.pem")})
        self.taken("mail", r"250 OK id=\S+")
        self.assertIn("渠道测试", self.mail_next(behind)["Subject"])

    def test_mail_that_the_server_refuses(self):
        for line in (f"550 5.1.1 <{MAIL}> no such mailbox", "450 4.2.1 come back"):
            with self.subTest(line=line):
                self.mail.says = {"RCPT": line}
                self.not_taken("mail", line[:9])

    def test_mail_with_a_wrong_password(self):
        secret_write(self.directory / "wrong", "verraten\n")
        mail = self.channels()["mail"]
        self.configured(mail={**mail, "password_file": str(self.directory / "wrong")})
        self.not_taken("mail", "535 ")

    # ---- HTTPS

    def test_a_webhook_takes_it_signed(self):
        self.https.answers.put((200, {}, b"queued"))
        self.taken("webhook", "HTTP 200 queued")
        path, headers, body = self.https.next()
        self.assertEqual(path, "/award/t-4711")
        self.assertEqual(headers["X-Award-Signature"], counterparts.signature(SECRET, headers, body))
        said = json.loads(body)
        self.assertEqual((said["template"], said["recipient"], said["address"]),
                         ("try", PERSON, NAME))

    def test_a_webhook_that_refuses(self):
        for status, answer in ((404, f"no {NAME} at /award/t-4711"), (500, f"{NAME}: {SECRET}")):
            with self.subTest(status=status):
                self.https.answers.put((status, {}, answer.encode()))
                self.not_taken("webhook", f"HTTP {status} ")
                self.https.next()

    def test_the_robot_takes_it(self):
        self.https.answers.put((200, {}, b'{"errcode":0,"errmsg":"ok"}'))
        self.taken("wecom", 'HTTP 200 {"errcode":0,"errmsg":"ok"}')
        path, _, body = self.https.next()
        self.assertEqual(path, "/cgi-bin/webhook/send?key=" + KEY)
        self.assertEqual(json.loads(body)["text"]["mentioned_mobile_list"], [MOBILE])

    def test_a_robot_that_refuses(self):
        answer = {"errcode": 93000, "errmsg": f"invalid webhook url, key {KEY}, {MOBILE}"}
        self.https.answers.put((200, {}, json.dumps(answer).encode()))
        self.not_taken("wecom", r'HTTP 200 \{"errcode": 93000')
        self.https.next()

    # ---- Nobody there, nothing set up

    def test_no_server_is_there(self):
        self.configured(**self.channels(counterparts.port_free(), counterparts.port_free()))
        for channel in ("mail", "webhook", "wecom"):
            with self.subTest(channel=channel):
                self.not_taken(channel, "Failed to connect to 127.0.0.1")

    def test_a_channel_that_is_not_set_up(self):
        self.configured(mail=self.channels()["mail"])
        for channel in ("webhook", "wecom"):
            with self.subTest(channel=channel):
                self.not_taken(channel, f"没有配置通道 {channel}；.* The channel {channel} is not")

    def test_the_spool_takes_it_and_that_of_who_has_no_address(self):
        self.taken("spool", "spooled: .*eml")
        self.attempt("spool", NOBODY, status=0)

    # ---- Asked wrongly

    def test_a_person_without_an_address_there(self):
        for channel in ("mail", "webhook", "wecom"):
            with self.subTest(channel=channel):
                self.refused(channel, NOBODY, "no_address", f"没有登记 {channel} 的地址",
                             f"has no address for {channel}; enter one first")

    def test_a_person_who_is_not_there(self):
        self.refused("mail", "wang-wu", "no_such_principal", "wang-wu", "wang-wu")

    def test_a_channel_that_is_not_there(self):
        done = self.attempt("pigeon", status=2)
        self.assertIn("渠道应为 mail、webhook、wecom 或 spool", done.stderr)
        self.assertIn("a channel is mail, webhook, wecom or spool", done.stderr)
        self.attempt("mail", PERSON, "more", status=2)

    def test_a_program_reads_the_outcome_as_json(self):
        done = self.attempt("mail", PERSON, "--output", "json", status=0)
        self.mail_next(self.mail)
        found = json.loads(done.stdout)
        self.assertEqual((found["state"], found["channel"], found["reply"]),
                         ("delivered", "mail", "250 2.0.0 taken as 4711"))


if __name__ == "__main__":
    unittest.main()
