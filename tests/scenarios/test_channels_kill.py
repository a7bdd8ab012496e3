"""A notification worker that is killed at each step of a delivery, and asked again."""
import unittest

import counterparts
from channel_tests import MESSAGE_ID, NOW, Channels, Https, parsed
from counterparts import MailServer


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
        self.killed = counterparts.threading.Event()

    def die_at(self, step, value):
        self.server.says = {step: value}
        self.start(mail=self.keys)
        self.coordinator.give(NOW)
        self.assertTrue(self.reached.wait(counterparts.PATIENCE))
        self.coordinator.kill()
        self.killed.set()
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
        def silent(_):
            self.reached.set()
            self.killed.wait(counterparts.PATIENCE)
        self.die_at("CONNECT", silent)
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


if __name__ == "__main__":
    unittest.main()
