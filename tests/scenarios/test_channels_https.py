"""What the notification worker does with a webhook and with a robot of WeCom."""
import json
import time
import unittest

import counterparts
from channel_tests import KEY, NOW, SECRET, Https
from counterparts import Authority


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


if __name__ == "__main__":
    unittest.main()
