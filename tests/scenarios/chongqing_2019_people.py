#!/usr/bin/python3
"""chongqing_2019_people - who is who in chongqing-2019: 48 enterprises, 24 reviewers, the organs.

Run by itself it prints chongqing-2019.people.yaml, the principals of the genesis. Names and codes are
invented, districts and divisions of industry are real. The keys tell what an enterprise shows: N is
not admitted or refused, P a predecessor, I ineligible, R and V rest on the way, D and S leave by
their documents or site score, H are halted, W and C leave in between, A and B reach the final
selection on the award's and on the nomination's side.
"""
import sys

sys.dont_write_bytecode = True

from scenario_lines import credit_code, organs, print_principals, say

# key: name, district, body of the organisation code, industry, operating since
ENTERPRISES = {
    "N01": ("重庆云篆铸造有限公司", "500113", "10230001", "C33", "2001-02-03"),
    "N02": ("成都蓉北轴承有限公司", "510114", "10230002", "C34", "2002-03-04"),
    "N03": ("重庆嘉滨电机分厂", "500106", "10230003", "C38", "2003-04-05"),
    "N04": ("重庆朝天软件有限公司", "500103", "10230004", "I65", "2004-05-06"),
    "N05": ("重庆铁山新材有限公司", "500107", "10230005", "C30", "2014-06-01"),
    "N09": ("重庆华岩乳品有限公司", "500107", "10230009", "C14", "1999-09-09"),
    "N10": ("重庆双福门业股份有限公司", "500116", "10230010", "C33", "1998-10-10"),
    "N13": ("重庆渡口电缆股份有限公司", "500104", "10230013", "C38", "1997-01-13"),
    "N17": ("重庆晏家涂料有限公司", "500115", "10230017", "C26", "2005-01-17"),
    "N18": ("重庆石井坡特钢有限公司", "500106", "10230018", "C31", "2012-01-18"),
    "N19": ("重庆凤城耐火材料有限公司", "500115", "10230019", "C30", "2006-01-19"),
    "N20": ("重庆童家桥型材有限公司", "500106", "10230020", "C31", "2012-01-20"),
    "N27": ("重庆白市驿水泵有限公司", "500107", "10230027", "C34", "2006-01-27"),
    "N29": ("重庆走马丝绸有限公司", "500107", "10230029", "C17", "2006-01-29"),
    "P01": ("重庆特殊钢总厂", "500106", "10240001", "C31", "1990-01-01"),
    "P02": ("重庆第三炼钢厂", "500106", "10240002", "C31", "1985-01-01"),
    "P03": ("重庆西彭化肥厂", "500107", "10240003", "C26", "1988-01-01"),
    "I21": ("重庆西彭复合肥有限公司", "500107", "10250021", "C26", "2010-02-21"),
    "I22": ("重庆土沱船舶有限公司", "500109", "10250022", "C37", "2007-02-22"),
    "I25": ("重庆龙凤呈祥食品有限公司", "500117", "10250025", "C13", "2008-02-25"),
    "R30": ("重庆蔡家光学有限公司", "500109", "10250030", "C40", "2009-02-28"),
    "V31": ("重庆水土仪器有限公司", "500109", "10250031", "C40", "2009-03-01"),
    "D01": ("重庆来苏陶瓷有限公司", "500118", "10260001", "C30", "2004-01-01"),
    "D02": ("重庆铜梁火工有限公司", "500151", "10260002", "C26", "2003-02-02"),
    "S01": ("重庆大足锁具有限公司", "500111", "10260011", "C33", "2002-01-11"),
    "H01": ("重庆荣昌制药有限公司", "500153", "10260021", "C27", "2001-01-21"),
    "H02": ("重庆安富玻璃有限公司", "500153", "10260022", "C30", "2000-01-22"),
    "H03": ("重庆峰高陶坯有限公司", "500153", "10260023", "C30", "1999-01-23"),
    "W01": ("重庆潼南柠檬制品有限公司", "500152", "10260031", "C13", "2008-01-31"),
    "W02": ("重庆古溪农机有限公司", "500152", "10260032", "C35", "2009-02-01"),
    "W03": ("重庆朱沱船用锚链有限公司", "500118", "10260033", "C33", "2010-03-02"),
    "C01": ("重庆万盛碳素有限公司", "500110", "10260041", "C30", "2005-04-01"),
    "A01": ("重庆两江变速器股份有限公司", "500112", "10270001", "C36", "1996-07-01"),
    "A02": ("重庆空港模具有限公司", "500112", "10270002", "C35", "2003-07-02"),
    "A03": ("重庆鱼嘴车桥有限公司", "500105", "10270003", "C36", "2001-07-03"),
    "A04": ("重庆港城风电有限公司", "500105", "10270004", "C38", "2008-07-04"),
    "A05": ("重庆李家沱仪表有限公司", "500113", "10270005", "C40", "1994-07-05"),
    "A06": ("重庆南彭内燃机有限公司", "500113", "10270006", "C34", "1999-07-06"),
    "A07": ("重庆清溪铝业股份有限公司", "500102", "10270007", "C32", "1992-07-07"),
    "A08": ("重庆蔺市页岩气装备有限公司", "500102", "10270008", "C35", "2010-07-08"),
    "A09": ("重庆石船轴承有限公司", "500112", "10270009", "C34", "2005-07-09"),
    "B01": ("重庆龙宝茶业有限公司", "500101", "10280001", "C15", "2002-08-01"),
    "B02": ("重庆高峰盐化工有限公司", "500101", "10280002", "C26", "2000-08-02"),
    "B03": ("重庆城口钡业有限公司", "500229", "10280003", "C26", "2004-08-03"),
    "B04": ("重庆长寿钢结构有限公司", "500115", "10280004", "C33", "2006-08-04"),
    "B05": ("重庆渡舟合成材料有限公司", "500115", "10280005", "C28", "2007-08-05"),
    "B06": ("重庆石柱黄连药业有限公司", "500240", "10280006", "C27", "2001-08-06"),
    "B07": ("重庆武隆蜜饯有限公司", "500156", "10280007", "C14", "2014-04-10"),
}
DISTRICT = {key: row[1] for key, row in ENTERPRISES.items()}
# First registered in another province, and in another district of this one.
FIRST_REGISTERED = {"S01": "510105", "W01": "500101"}
CODE = {key: credit_code(FIRST_REGISTERED.get(key, row[1]), row[2])
        for key, row in ENTERPRISES.items()}
CODE["N01"] = CODE["N01"][:-1] + ("1" if CODE["N01"][-1] != "1" else "2")  # a wrong check character

DISTRICT_NAMES = {"500101": "万州区", "500102": "涪陵区", "500103": "渝中区", "500104": "大渡口区",
                  "500105": "江北区", "500106": "沙坪坝区", "500107": "九龙坡区", "500109": "北碚区",
                  "500110": "綦江区", "500111": "大足区", "500112": "渝北区", "500113": "巴南区",
                  "500115": "长寿区", "500116": "江津区", "500117": "合川区", "500118": "永川区",
                  "500151": "铜梁区", "500152": "潼南区", "500153": "荣昌区", "500156": "武隆区",
                  "500229": "城口县", "500240": "石柱县"}
# Nobody applies from these, so that 8 finds no conflict by district.
REVIEWER_DISTRICTS = ("500108", "500120", "500154")
REVIEWER_INDUSTRIES = (("C34", "C36"), ("C26", "C28"), ("C30", "C33"), ("C13", "C14"),
                       ("C38", "C40"), ("C27", "C37"))
EMPLOYERS = ("重庆市质量评价研究所", "渝西理工大学", "西南质量管理学会", "巴渝认证咨询中心")


def ent(key):
    return "ent-" + key.lower()


def case(key, cycle="2019", ordinal=1):
    return "%s/%s/%d" % (cycle, CODE[key], ordinal)


def person(number):
    return "reviewer-%02d" % number


def register_reviewers(day):
    for number in range(1, 25):
        say(day, "office", "reviewer_added",
            {"person": person(number), "industries": list(REVIEWER_INDUSTRIES[number % 6]),
             "employer": EMPLOYERS[number % 4], "district": REVIEWER_DISTRICTS[number % 3]})


def register_enterprises(day):
    for key, (name, district, _, industry, since) in ENTERPRISES.items():
        say(day, "office", "enterprise_registered",
            {"enterprise": CODE[key], "name": name, "region": district, "district": district,
             "industry": industry, "legal_person": key != "N03", "operating_since": since})


# ---- Principals of the genesis

ORGANS = organs("市长质量管理奖评选委员会办公室", "重庆市人民政府", "重庆市市场监督管理局")


def print_people():
    rows = [(name, role, None, full_name) for name, role, full_name in ORGANS]
    rows += [("bureau-" + district, "district_bureau", district, name + "市场监督管理局")
             for district, name in DISTRICT_NAMES.items()]
    rows += [(ent(key), "enterprise", CODE[key], row[0]) for key, row in ENTERPRISES.items()]
    rows += [(person(number), "reviewer", None, "评审员%02d" % number) for number in range(1, 25)]
    print_principals("The principals of the genesis of chongqing-2019; printed by chongqing_2019_people.py.", rows)


if __name__ == "__main__":
    print_people()
