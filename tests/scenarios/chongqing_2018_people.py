#!/usr/bin/python3
"""chongqing_2018_people - who is who in chongqing-2018, and the years before the cycle of 2018.

Run by itself it prints chongqing-2018.people.yaml: the principals of the genesis. reviewer-22 is not
among them: that reviewer and key are enrolled on the way.
"""
import sys

sys.dont_write_bytecode = True

from scenario_lines import credit_code, organs, print_principals, say

# ---- Who: short name -> principal, name, division, body of the organisation code, industry, since

ENTERPRISES = {
    "E01": ("ent-jinyue", "重庆缙岳精密齿轮有限公司", "500109", "62201835", "C34", "1998-04-16"),
    "E02": ("ent-jianglan", "重庆江澜汽车动力股份有限公司", "500112", "70942210", "C36", "2001-09-03"),
    "E03": ("ent-shanyu", "重庆山屿摩托车制造有限公司", "500107", "62198047", "C37", "1996-11-20"),
    "E04": ("ent-fuling", "重庆涪岭食品股份有限公司", "500102", "20850563", "C14", "1988-05-18"),
    "E05": ("ent-changlan", "重庆长澜特种纤维有限公司", "500115", "67611942", "C28", "2008-07-09"),
    "E06": ("ent-jishui", "重庆几水重工装备有限公司", "500116", "75620418", "C35", "2003-12-01"),
    "E07": ("ent-yongtang", "重庆永棠仪表科技有限公司", "500118", "79072653", "C40", "2006-08-28"),
    "E08": ("ent-heyang", "重庆合阳医药股份有限公司", "500117", "20361197", "C27", "1993-03-15"),
    "E09": ("ent-bixiu", "重庆璧秀电子元件有限公司", "500120", "56561380", "C39", "2010-11-05"),
    "E10": ("ent-tangxiang", "重庆棠香五金工具有限公司", "500111", "06055724", "C33", "2013-03-14"),
    "E11": ("ent-tongan", "重庆铜安玻璃制品有限公司", "500151", "68149306", "C30", "2008-10-22"),
    "E12": ("ent-changyuan", "重庆昌元陶瓷有限公司", "500153", "78421655", "C30", "2006-02-17"),
    "E13": ("ent-baling", "重庆巴岭数控机床股份有限公司", "500113", "45040172", "C34", "1995-06-30"),
    "E14": ("ent-wanchuan", "重庆万川电气股份有限公司", "500101", "71166938", "C38", "1999-10-11"),
    "E15": ("ent-tongxi", "重庆潼溪绿色食品有限公司", "500152", "69122047", "C13", "2009-07-01"),
    "E16": ("ent-beijia", "重庆北嘉轨道装备有限公司", "500105", "58016479", "C37", "2011-08-08"),
    "E17": ("ent-yudong", "重庆渝东线缆有限公司", "500112", "76590881", "C38", "2004-09-27"),
    "E18": ("ent-zhiqiao", "重庆智桥机器人有限公司", "500109", "MA5U0K27", "C34", "2013-06-01"),
    "E19": ("ent-guixi", "重庆桂溪天然气化工有限公司", "500231", "66359214", "C26", "2007-05-21"),
    "E20": ("ent-longxi", "重庆龙溪橡塑有限公司", "500115", "73397105", "C29", "2002-04-02"),
    "E21": ("ent-fengren", "重庆丰稔纸业有限公司", "500118", "57796830", "C22", "2011-06-13"),
}
CODE = {key: credit_code(row[2], row[3]) for key, row in ENTERPRISES.items()}
DISTRICT = {key: row[2] for key, row in ENTERPRISES.items()}
DISTRICT_NAMES = {"500101": "万州区", "500102": "涪陵区", "500105": "江北区", "500107": "九龙坡区",
                  "500109": "北碚区", "500111": "大足区", "500112": "渝北区", "500113": "巴南区",
                  "500115": "长寿区", "500116": "江津区", "500117": "合川区", "500118": "永川区",
                  "500120": "璧山区", "500151": "铜梁区", "500152": "潼南区", "500153": "荣昌区",
                  "500231": "垫江县"}
# Reviewers live in districts from which nobody applies, so that 8 finds no conflict by district.
REVIEWER_DISTRICTS = ("500103", "500104", "500106", "500108")
REVIEWER_INDUSTRIES = (("C34", "C35"), ("C36", "C37"), ("C13", "C14"), ("C26", "C27", "C28"),
                       ("C29", "C30"), ("C33", "C34"), ("C38", "C39"), ("C39", "C40"))
EMPLOYERS = ("重庆市质量评价研究所", "渝西理工大学", "西南质量管理学会", "重庆市标准化促进中心",
             "巴渝认证咨询中心")


def ent(key):
    return ENTERPRISES[key][0]


def case(key, cycle="2018", ordinal=1):
    return "%s/%s/%d" % (cycle, CODE[key], ordinal)


def person(number):
    return "reviewer-%02d" % number


def register_reviewer(day, number):
    row = {"person": person(number), "industries": list(REVIEWER_INDUSTRIES[number % 8]),
           "employer": EMPLOYERS[number % 5], "district": REVIEWER_DISTRICTS[number % 4]}
    if number == 19:
        row["relations"] = [CODE["E04"]]
    say(day, "office", "reviewer_added", row)


def register_enterprise(day, principal, key):
    _, name, division, _, industry, since = ENTERPRISES[key]
    say(day, principal, "enterprise_registered",
        {"enterprise": CODE[key], "name": name, "region": division, "district": division,
         "industry": industry, "legal_person": True, "operating_since": since})


def years_before():
    for number in range(1, 22):
        register_reviewer("2013-01-07", number)
    for key in ENTERPRISES:
        if key not in ("E01", "E02", "E10", "E18"):
            register_enterprise("2013-01-08", "office", key)
    register_enterprise("2013-01-09", "bureau-500109", "E01")
    register_enterprise("2013-01-09", ent("E02"), "E02")
    register_enterprise("2013-03-20", "office", "E10")
    register_enterprise("2013-06-20", ent("E18"), "E18")
    say("2013-10-21", "office", "earlier_record",
        {"enterprise": CODE["E13"], "honour": "award", "on": "2013-10-15",
         "proof": "渝府发〔2013〕70号"}, id="earlier-award-2013")
    say("2013-10-21", "office", "earlier_record",
        {"enterprise": CODE["E08"], "honour": "nomination", "on": "2013-10-15",
         "proof": "渝府发〔2013〕70号"})
    say("2015-03-20", "bureau", "accident_recorded",
        {"incident": "I-2015-01", "enterprise": CODE["E02"], "kind": "environment_accident",
         "on": "2015-03-11", "liable": "yes"})
    say("2015-04-13", "office", "earlier_record",
        {"enterprise": CODE["E07"], "violation": "violation", "on": "2015-04-10",
         "proof": "评选办〔2015〕6号"})
    say("2016-08-25", "bureau", "accident_recorded",
        {"incident": "I-2016-01", "enterprise": CODE["E10"], "kind": "safety_accident",
         "on": "2016-08-19", "liable": "no"})
    say("2017-06-16", "office", "sampling_recorded",
        {"incident": "I-2017-01", "enterprise": CODE["E04"], "on": "2017-06-12", "serious": True,
         "level": "district"})


# ---- Principals of the genesis

ORGANS = organs("市长质量管理奖评选委员会办公室", "重庆市人民政府", "重庆市质量技术监督局")


def print_people():
    rows = [(name, role, None, full_name) for name, role, full_name in ORGANS]
    rows += [("bureau-" + division, "district_bureau", division, name + "质量技术监督局")
             for division, name in DISTRICT_NAMES.items()]
    rows += [(row[0], "enterprise", CODE[key], row[1]) for key, row in ENTERPRISES.items()]
    rows += [(person(number), "reviewer", None, "评审员%02d" % number) for number in range(1, 22)]
    print_principals("The principals of the genesis of chongqing-2018; printed by chongqing_2018_people.py.", rows)


if __name__ == "__main__":
    print_people()
