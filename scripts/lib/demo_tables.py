"""demo_tables - the ranking, who is barred until when, and each deadline with what it sent to whom.

Asks the running office of AWARD_HOME through awardctl.
"""
import collections
import fractions
import unicodedata

from demo_ask import ask, cases

HONOURS = {"award": "市长质量管理奖 award", "nomination": "提名奖 nomination"}
STATES = {"open": "进行中 open", "met": "按期完成 met", "met_late": "逾期完成 met late",
          "overdue": "已逾期 overdue", "ended": "已届满 ended", "removed": "已撤销 removed"}
KINDS = {"closing": "申报截止", "plan_independent": "独立评审", "plan_consensus": "合议评审",
         "plan_visit": "现场评审", "plan_report": "评审报告", "publicity_end": "公示期满",
         "objection_answer": "异议答复", "incident_report": "书面报告",
         "self_evaluation": "年度自我评价", "experience": "分享经验"}


def width(text):
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def table(title, heads, rows):
    print(f"\n== {title} ==")
    widths = [max(width(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    for row in [heads, *rows]:
        cells = [cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths)]
        print("  ".join(cells).rstrip())


def names_read():
    return {row["case"]["enterprise"]: row["enterprise_name"] for row in cases()}


def named(names, subject):
    """The enterprise that a case or what hangs on it is of."""
    parts = subject.split("/")
    return names.get(parts[1], "-") if len(parts) > 1 else "-"


def shown(fraction):
    """Four decimals, half up; never used to compare."""
    exact = fractions.Fraction(int(fraction["numerator"]), int(fraction["denominator"]))
    return "%d.%04d" % divmod(int(exact * 10000 + fractions.Fraction(1, 2)), 10000)


def ranking(names):
    rows = []
    for pool in ask("ranking", "2018")["pools"]:
        for each in pool["ranked"]:
            rows.append([HONOURS[pool["kind"]], str(each["rank"]), shown(each["composite"]),
                         each["document"], each["site"], shown(each["defence"]),
                         named(names, each["case"]), each["case"],
                         "拟奖 candidate" if each.get("candidate") else "-"])
    table("2018 年排序 ranking by composite score",
          ["奖项 pool", "名次", "综合 composite", "资料 documents", "现场 site", "答辩 defence",
           "企业 enterprise", "案件 case", "结果 standing"], rows)


def bars(names):
    rows = []
    for code, name in sorted(names.items(), key=lambda pair: pair[1]):
        for bar in ask("enterprise", "show", code)["enterprise"].get("bars", []):
            rows.append([name, code, bar["article"], bar["from"], bar["until"], bar["source"]])
    table("限制申报 who is barred until when",
          ["企业 enterprise", "信用代码 code", "条款 article", "自 from", "至 until", "来源 source"], rows)


def deadlines(names):
    told = collections.defaultdict(list)
    for alert in ask("alerts", "--all", "--as", "supervision").get("alerts", []):
        told[alert["deadline"]].append((alert["raised"][:10], alert["recipient"]))
    rows = []
    for each in ask("deadlines", "--all", "--as", "supervision")["deadlines"]:
        days = collections.defaultdict(list)
        for day, recipient in sorted(told[each["deadline"]]):
            days[day].append(recipient)
        sent = "；".join(f"{day} → {', '.join(whom)}" for day, whom in days.items())
        rows.append([each["last"], f"{KINDS[each['kind']]} {each['kind']}", each["article"],
                     named(names, each["subject"]), each["subject"], STATES[each["state"]], each.get("done_on", "-"), sent or "-"])
    rows.sort()
    table("期限与提醒 deadlines, and what each sent to whom",
          ["末日 last day", "期限 kind", "条款 article", "企业 enterprise", "对象 subject", "状态 state", "完成 done",
           "提醒 told"], rows)


if __name__ == "__main__":
    found = names_read()
    ranking(found)
    bars(found)
    deadlines(found)
