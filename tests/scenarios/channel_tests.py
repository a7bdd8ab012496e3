"""What the tests of the notification worker's channels share.

Each test tells the servers of counterparts.py what to do with the next message, gives the worker a
task as the coordinator would, and sees what arrived and what went on record.
"""
import email
import email.policy
import unittest

import counterparts
from counterparts import Authority, Coordinator, Receiver, secret_write
from real_office import channels_text

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


def parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)
