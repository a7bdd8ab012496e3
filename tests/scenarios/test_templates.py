"""test_templates - the wording of the messages: of the office's own, previewed and as it goes out.

The year 2018 is told to an office that has put a template of its own beside its configuration.
"""
import email
import email.policy
import json
import unittest
import urllib.parse

from rig import YEAR, Office

OWN = """\
# 本单位的喜报
subject:
  zh: "喜报：{case}"
  en: "Good news: {case}"
body:
  zh: |
    {recipient}：

    祝贺！文号 {number}，%s 号令。
  en: |
    Congratulations: {number}.
"""


class Templates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.abandon)
        cls.office.templates().mkdir()
        (cls.office.templates() / "result.yaml").write_text(OWN % "一")
        cls.office.start()
        cls.office.push(YEAR, "--settle")
        cls.messages = json.loads(cls.ctl("messages", "--output", "json"))["messages"]

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    @classmethod
    def ctl(cls, *arguments, principal="office"):
        return cls.office.ctl(*arguments, "--as", principal).stdout

    def refused(self, status, *arguments):
        done = self.office.ctl(*arguments, "--as", "office", fine=(status,))
        self.assertEqual(done.returncode, status)
        return done.stderr

    def of_template(self, name):
        return next(each for each in self.messages if each["template"] == name)

    def preview(self, *arguments):
        return json.loads(self.ctl("template", "preview", *arguments, "--output", "json"))[0]

    def spooled(self, message):
        file = message["reply"].removeprefix("spooled: ")
        content = (self.office.home / "spool" / file).read_bytes()
        mail = email.message_from_bytes(content, policy=email.policy.default)
        text = mail.get_content().replace("\r\n", "\n")
        return f"{mail['Subject']}\n{text}"

    def test_no_message_of_the_year_says_a_fact_that_its_template_could_not_name(self):
        for name in {each["template"] for each in self.messages}:
            rows = json.loads(self.ctl("template", "show", name, "--output", "json"))
            fields = {row["field"] for row in rows}
            for message in self.messages:
                if message["template"] == name:
                    said = {fact["name"] for fact in message.get("facts", [])}
                    self.assertLessEqual(said, fields, name)

    def test_what_goes_out_is_in_the_words_of_the_office(self):
        message = self.of_template("result")
        text = self.spooled(message)
        self.assertIn(f"喜报：{message['case']} / Good news: {message['case']}", text)
        self.assertRegex(text, r"祝贺！文号 渝府发〔2018〕\d+号，一 号令。")
        self.assertIn("你单位在 2018 年度的申报", self.spooled(self.of_template("application_refused")))

    def test_the_preview_of_a_message_that_there_has_been_is_its_text(self):
        for name in ("result", "application_refused", "objection_answer", "revoked"):
            message = [each for each in self.messages if each["template"] == name][-1]
            shown = self.preview(name, message["case"])
            self.assertEqual(shown["examples"], "")
            self.assertIn(shown["body"], [self.spooled(each).split("\n", 1)[1] for each in self.messages
                                          if each["message"] == shown["message"]])

    def test_the_feedback_report_is_a_letter_to_the_enterprise_as_it_is_in_the_file(self):
        reports = [each for each in self.messages if each["template"] == "feedback"]
        self.assertEqual(len(reports), 3)
        for message in reports:
            self.assertTrue(message["recipient"].startswith("ent-"), message)
            text = self.spooled(message)
            self.assertRegex(text, r"评审反馈报告\n\n企业：.*\n年度：2018　案件：" + message["case"])
            name = urllib.parse.quote(f"write_feedback:{message['case']}:1", safe="")
            filed = self.office.home / "spool" / (name + ".eml")
            mail = email.message_from_bytes(filed.read_bytes(), policy=email.policy.default)
            self.assertEqual(mail.get_content().replace("\r\n", "\n").split("\n-- \n")[0],
                             text.split("\n", 1)[1].split("\n-- \n")[0])

    def test_a_preview_of_another_directory_comes_before_the_change(self):
        trial = self.office.home / "trial"
        trial.mkdir()
        (trial / "result.yaml").write_text(OWN % "二")
        case = self.of_template("result")["case"]
        self.assertIn("二 号令", self.preview("result", case, "--templates", str(trial))["body"])
        self.assertIn("一 号令", self.preview("result", case)["body"])

    def test_without_such_a_message_the_case_tells_and_the_rest_are_examples(self):
        case = self.of_template("application_refused")["case"]
        shown = self.preview("left_selection", case, "--language", "zh")
        self.assertEqual(shown["examples"], "stage article reason reason_en")
        self.assertIn(f"贵单位的案件 {case} 已离开本次评选：未入选（依据 16(5)）", shown["body"])
        self.assertNotIn("Your case", shown["body"])
        for name in {row["template"] for row in
                     json.loads(self.ctl("template", "list", "--output", "json"))}:
            body = self.preview(name)["body"]
            self.assertNotRegex(body, r"[{}]", name)

    def test_alerts_digest_and_silence_are_made_of_what_there_is_now(self):
        case = self.of_template("result")["case"]
        shown = self.preview("alerts", case, "--language", "zh")
        self.assertRegex(shown["body"], r"- 年度自我评价：.*末日 20\d\d-12-31（未到期），依据 18")
        self.assertRegex(self.preview("digest")["body"], r"已逾期（\d+ 项）")
        self.assertRegex(self.preview("silence")["body"], r"已核对期限 \d+ 项")

    def test_a_template_that_names_what_is_not_there_is_refused_everywhere(self):
        wrong = self.office.home / "wrong"
        wrong.mkdir()
        (wrong / "result.yaml").write_text(OWN.replace("{number}", "{nubmer}") % "三")
        said = self.refused(3, "template", "check", str(wrong))
        self.assertIn(f"{wrong}/result.yaml:6:7: 没有字段 {{nubmer}}；是否应为 {{number}}？", said)
        said = self.refused(3, "template", "preview", "result", "--templates", str(wrong))
        self.assertIn("did you mean {number}?", said)
        arguments = self.office.arguments("award-notification")
        arguments[arguments.index("--templates") + 1] = str(wrong)
        done = self.office.run("award-notification", *arguments, fine=(1,))
        self.assertIn("没有字段 {nubmer}", done.stderr)

    def test_check_lists_what_an_office_has_of_its_own(self):
        rows = json.loads(self.ctl("template", "check", str(self.office.templates()),
                                   "--output", "json"))
        self.assertEqual([row["template"] for row in rows], ["result"])
        self.assertIn("本单位 own", self.ctl("template", "show", "result"))
        self.assertNotIn("本单位 own", self.ctl("template", "show", "revoked"))

    def test_what_does_not_exist_is_said(self):
        self.assertIn("是不是 result？", self.refused(2, "template", "preview", "reslt"))
        self.assertIn("没有案件", self.refused(1, "template", "preview", "result", "2018/no/1"))
        self.assertIn("--language", self.refused(2, "template", "preview", "try", "--language", "fr"))


if __name__ == "__main__":
    unittest.main()
