"""test_alert_year - every alert of Chongqing's thirteen months from 2018-03 to 2019-03.

The year of test_year, in an office that keeps a roster. What awardd raised is compared with what a
second calculation expects (alert_year_expected.py), and listed by day in alert-year.md, which a
person can judge. GOLDEN=write in the environment writes that file instead: read the difference
before it is committed.
"""
import collections
import datetime
import json
import os
import tempfile
import unittest

import yaml

from alert_year_expected import Days, Office as Staff, Policy, expected
from compared import Compared
from rig import HERE, PEOPLE, YEAR, Office

GOLDEN = HERE / "alert-year.md"
RULEBOOKS = HERE.parent.parent / "rulebooks"
FIRST, LAST = datetime.date(2018, 3, 1), datetime.date(2019, 3, 31)
ROSTER = {"clerk": "office", "section_head": "office-head", "director": "office-director"}
LEAVE = [("office", datetime.date(2018, 4, 16), datetime.date(2018, 4, 29), "office-head")]
CLOSING = "2018:closing:1/1"
BALING = "earlier-2013-10-15/91500113450401725P/1:self_evaluation:2018/1"
# What each answers: the moment, the alert, who.
ANSWERS = [
    ("2018-04-27T10:00:00", CLOSING + "/-2w@09:00", "office-head"),
    ("2018-05-30T15:00:00", "2018-1:plan_consensus:1/1/-2w@09:00", "reviewer-01"),
    ("2018-10-08T11:00:00", "2018:publicity_end:1/1/0@09:00", "office"),
    ("2019-01-03T15:00:00", BALING + "/+1w@09:00", "office"),
]
ROLE_ZH = {"office": "经办", "office-head": "科长", "office-director": "主任", "admin": "系统管理员",
           "supervision": "监督委员会", "review-committee": "评审委员会", "bureau": "市场监管局"}
CHANNEL_ZH = {"spool": "待印文件", "mail": "邮件", "wecom": "企业微信", "webhook": "网络接口"}
KIND_ZH = {"closing": "申报截止", "plan_independent": "独立评审", "plan_consensus": "合议评审",
           "plan_visit": "现场评审", "plan_report": "评审报告", "publicity_end": "公示期满",
           "objection_answer": "异议答复", "incident_report": "获奖企业书面报告",
           "self_evaluation": "年度自我评价", "experience": "分享经验"}
DIGESTS = ("office", "office-head", "reviewer-01")
HEAD = """# 重庆 2018 年 3 月至 2019 年 3 月的全部提醒

由 test_alert_year.py 写成（GOLDEN=write），供人核对：一条不多，一条不少。

判断的依据（rulebooks/alerts.yaml）：

- 每个期限按其种类有若干步：末日之前若干工作日、末日当天、末日之后若干工作日，均为九时；期限办结、
  撤销、改期之后不再提醒，并告知已被提醒的人（“收回”）。
- 办公室有值班表：先告知经办 office；一个工作日内无人确认，报科长 office-head；再两个工作日无人确认，
  报主任 office-director。2018-04-16 至 04-29 经办请假，由科长代理：代理期间科长不再被通知第二遍，
  仍再过两个工作日报主任。
- 其他角色没有值班表，有关的每个人都被告知：评审员只告知组长，企业只告知本企业。
- 确认一次提醒，同一期限此前的提醒也算已阅，不再上报；此后的提醒照发。申报截止、公示期满以后，此前的提醒不再上报。
- 最后一步之后三个工作日，整个期限的提醒无人确认的，告知监督委员会和系统管理员（“无人确认”）。
- 可等待的在工作日 08:30 至 18:00 发出，末日当天的不等待。每日摘要在工作日发出，给评审员、企业的只在其期限临近或错过时发出；静默证明每日发出。

"""


def lines_made():
    """The year's lines with the roster, the leave, the addresses and the answers among them."""
    def at(moment, principal, event, **body):
        return {"at": moment + "+08:00", "principal": principal, event: body}
    more = [at("2018-02-26T09:00:00", "office", "duty_changed", person=person, post=post,
               **{"from": "2018-02-26"}) for post, person in ROSTER.items()]
    more += [at("2018-02-26T09:01:00", "office", "address_changed", person=person,
                addresses=[{"channel": "mail", "address": person + "@example.org"}],
                digest=True, silence=person == "office-head")
             for person in ("office", "office-head", "reviewer-01")]
    more += [at("2018-04-12T15:00:00", "office", "absence_recorded", person=person, until=str(until),
                substitute=substitute, reason="年休假", **{"from": str(first)})
             for person, first, until, substitute in LEAVE]
    more += [at(moment, who, "alert_acknowledged", alert=f"{alert}/{who}")
             for moment, alert, who in ANSWERS]
    lines = [json.loads(line) for line in YEAR.read_text().splitlines()]
    more.append(at(f"{LAST}T23:59:59", "office", "address_changed", person="office", digest=True))
    kept = [line for line in lines + more if line["at"] < str(LAST + datetime.timedelta(days=1))]
    return sorted(kept, key=lambda line: line["at"])


def principals_made():
    rows = yaml.safe_load(PEOPLE.read_text())
    return rows + [{"name": name, "role": "office", "full_name": "办公室" + ROLE_ZH[name]}
                   for name in ("office-head", "office-director")]


def setUpModule():
    global office, entries, report, principals
    principals = principals_made()
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as people:
        yaml.safe_dump(principals, people, allow_unicode=True)
        people.flush()
        office = Office(people=people.name)
    unittest.addModuleCleanup(office.close)
    office.ctl("key", "new", "reviewer-22")
    office.start()
    lines = lines_made()
    report = list(zip(lines, office.push_lines(lines, "--settle")))
    entries = office.entries()


def moment_of(text):
    return datetime.datetime.fromisoformat(text)


def changed(kind):
    """Every record of a kind as the entries put it, with its entry's moment."""
    for entry in entries:
        for change in entry.get("changes", []):
            if kind in change:
                yield moment_of(entry["recorded"]), change[kind]


def in_year(moment):
    return FIRST <= moment.date() <= LAST


def revisions():
    """What each deadline was, from when until when; a met, removed, or suspended one tells nobody."""
    found = {}
    for moment, row in changed("deadline"):
        key = row["deadline"], row["revision"]
        for other, revision in found.items():
            if other[0] == key[0] and other != key and revision["ended"] is None:
                revision["ended"] = moment
        begun = {"id": key[0], "revision": key[1], "kind": row["kind"], "subject": row["subject"],
                 "enterprise": row.get("enterprise"), "begun": moment, "ended": None,
                 "last": datetime.date.fromisoformat(row["last"]), "over": None}
        revision = found.setdefault(key, begun)
        if row["state"] == "ended" and not revision["over"]:
            revision["over"] = moment
        if row["state"] in ("met", "met_late", "removed", "suspended") and not revision["ended"]:
            revision["ended"] = moment
    return list(found.values())


def raised():
    """Each alert as it was raised, by its parts."""
    found = collections.OrderedDict()
    for moment, row in changed("alert"):
        id, step, recipient = row["alert"].rsplit("/", 2)
        key = row["deadline"], row["revision"], step, recipient
        if key not in found:
            found[key] = moment_of(row["raised"]), row
    return found


def acknowledged():
    """As people said it: what awardd takes for seen with it is for `expected` to say."""
    found = {}
    for moment, alert, who in ANSWERS:
        deadline, revision, step = alert.rsplit("/", 2)
        found[deadline, int(revision), step, who] = moment_of(moment + "+08:00")
    return found


class Alerts(Compared):
    def test_each_line_of_the_roster_and_of_the_answers_is_accepted(self):
        for line, row in report:
            event = list(line)[-1]
            if event in ("duty_changed", "address_changed", "absence_recorded", "alert_acknowledged"):
                self.differ(f"{line['at']} {event} {line[event]}", row["outcome"], "accepted")
        self.none_differ()

    def test_not_one_too_many_and_not_one_too_few(self):
        days = Days(RULEBOOKS / "cn-holidays.tsv")
        leaders = {row["team"]: row["leader"] for _, row in changed("team") if "leader" in row}
        staff = Staff(principals, ROSTER, LEAVE, leaders)
        until = datetime.datetime.combine(LAST, datetime.time(23, 59, 59), moment_of(
            "2018-01-01T00:00:00+08:00").tzinfo)
        wanted = expected(revisions(), Policy(RULEBOOKS / "alerts.yaml", days), staff,
                          acknowledged(), until)
        sorts = collections.Counter(why for moment, why in wanted.values() if in_year(moment))
        wanted = {key: row[0] for key, row in wanted.items() if in_year(row[0])}
        found = {key: row[0] for key, row in raised().items() if in_year(row[0])}
        for key in sorted(wanted.keys() | found.keys()):
            self.differ(" ".join(map(str, key)), str(found.get(key)), str(wanted.get(key)))
        self.holds("there are alerts of every sort", len(sorts) == 3, sorts,
                   "steps, escalated and unheard")
        self.none_differ()


# ---- The list for people

def deadline_names():
    return {row["deadline"]: row for _, row in changed("deadline")}


def step_words(step):
    if step == "unheard":
        return "整个期限的提醒无人确认"
    offset, at = step.split("@")
    number = int(offset.rstrip("w"))
    unit = "个工作日" if offset.endswith("w") else "日"
    where = f"末日前 {-number} {unit}" if number < 0 else f"末日后 {number} {unit}"
    return f"{where if number else '末日当天'} {at}"


def name_zh(name):
    return f"{name}（{ROLE_ZH[name]}）" if name in ROLE_ZH else name


def alert_words(alert, last):
    """One line of a message: which deadline, its last day, which step, and what of it."""
    marks = [word for field, word in (("escalated", "上报"), ("unheard", "无人确认"),
                                      ("taken_back", "收回")) if alert.get(field)]
    marks += [f"代 {alert['stands_for']}"] if "stands_for" in alert else []
    step = alert["alert"].rsplit("/", 2)[1]
    return (f"{KIND_ZH[alert['deadline'].split(':')[-2]]} {alert['deadline'].rsplit(':', 2)[0]}，"
            f"末日 {last[alert['deadline'], alert['revision']]}，{step_words(step)}"
            + (f"【{'，'.join(marks)}】" if marks else ""))


def sent():
    """The messages of alerts as they went out, with their alerts as they were then."""
    alerts, last, found = {}, {}, []
    for entry in entries:
        for change in entry.get("changes", []):
            if "alert" in change:
                alerts[change["alert"]["alert"]] = change["alert"]
            if "deadline" in change:
                row = change["deadline"]
                last[row["deadline"], row["revision"]] = row["last"]
            message = change.get("message", {})
            if message.get("template") == "alerts" and message.get("state") == "sealed":
                found.append((moment_of(message["created"]), message,
                              [dict(alerts[id]) for id in message["alerts"]]))
    return [row for row in found if in_year(row[0])], last


def mornings():
    """How many digests and proofs of silence each person has: name -> template -> days."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for moment, row in changed("message"):
        if row.get("template") in ("digest", "silence") and row["state"] == "sealed" and in_year(moment):
            found[row["recipient"]][row["template"]].append(moment.date())
    return found


def gaps():
    """Letters about gaps in duty and addresses: (moment, text) -> who had it."""
    found = collections.defaultdict(list)
    for moment, row in changed("message"):
        if row.get("template") == "duty_gap" and row["state"] == "sealed" and in_year(moment):
            found[moment, row["facts"][0]["value"]].append(name_zh(row["recipient"]))
    return found


def golden_made():
    messages, last = sent()
    text, day = [HEAD], None
    for moment, message, alerts in messages:
        if moment.date() != day:
            day = moment.date()
            text.append(f"\n## {day} 星期{'一二三四五六日'[day.weekday()]}\n\n")
        text.append(f"- {moment:%H:%M} {name_zh(message['recipient'])}，"
                    f"{CHANNEL_ZH[message['channel']]}：\n")
        text += [f"  - {alert_words(alert, last)}\n" for alert in alerts]
    text.append("\n## 值班和联系方式有缺，新出现的\n\n")
    for (moment, lines), names in sorted(gaps().items()):
        text.append(f"- {moment:%Y-%m-%d %H:%M} {'、'.join(sorted(names))}：\n")
        text += [f"  {line}\n" for line in lines.splitlines()]
    text.append("\n## 每日摘要和静默证明\n\n")
    for name, templates in sorted(mornings().items()):
        text.append(f"- {name_zh(name)}：每日摘要 {len(templates['digest'])} 份，"
                    f"静默证明 {len(templates['silence'])} 份\n")
    return "".join(text)


def near(name, day):
    """Whether at eight of the day a deadline of this leader ends within a week, or was told."""
    policy = Policy(RULEBOOKS / "alerts.yaml", Days(RULEBOOKS / "cn-holidays.tsv"))
    leaders = {row["team"]: row["leader"] for _, row in changed("team") if "leader" in row}
    for row in revisions():
        at = datetime.datetime.combine(day, datetime.time(8), row["begun"].tzinfo)
        runs = row["begun"] <= at and (row["ended"] is None or row["ended"] > at)
        if runs and leaders.get(row["subject"]) == name:
            told = policy.moments(row["kind"], row["last"])[0][0] <= at
            if told or row["last"] - day <= datetime.timedelta(days=7):
                return True
    return False


class Golden(Compared):
    def test_the_list_is_as_it_was_judged(self):
        made = golden_made()
        if os.environ.get("GOLDEN") == "write":
            GOLDEN.write_text(made)
        self.assertEqual(made.splitlines(), GOLDEN.read_text().splitlines())

    def test_every_alert_is_told_in_a_message_unless_it_was_settled_before(self):
        told = {id for _, message, _ in sent()[0] for id in message["alerts"]}
        last = {row["alert"]: row for _, row in changed("alert")}
        for id, row in last.items():
            settled = row.get("taken_back") or row.get("acknowledged")
            if in_year(moment_of(row["raised"])) and not settled:
                self.differ(id, id in told, True)
        self.none_differ()

    def test_what_goes_out_at_one_moment_is_one_message_per_person_and_channel(self):
        count = collections.Counter((str(moment), message["recipient"], message["channel"])
                                    for moment, message, _ in sent()[0])
        self.assertEqual([key for key, times in count.items() if times > 1], [])

    # Each working day on which he is there; a proof every day.
    def test_each_has_a_digest_where_it_says_something_and_a_proof_of_silence_every_day(self):
        days = Days(RULEBOOKS / "cn-holidays.tsv")
        every = [FIRST + datetime.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
        for name in DIGESTS:
            away = [row for row in LEAVE if row[0] == name]
            wanted = [day for day in every if days.working(day) and
                      not any(first <= day <= last for _, first, last, _ in away) and
                      (not name.startswith("reviewer") or near(name, day))]
            self.differ(f"{name} digest", mornings()[name]["digest"], wanted)
            self.differ(f"{name} silence", mornings()[name]["silence"],
                        every if name == "office-head" else [])
        self.differ("nobody else", sorted(mornings()), sorted(DIGESTS))
        self.none_differ()


if __name__ == "__main__":
    unittest.main()
