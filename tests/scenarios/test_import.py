"""test_import - lists of the office as CSV, and documents as files, become events; the same again changes
nothing."""
import csv
import hashlib
import io
import json
import shutil
import unittest

from rig import HERE, YEAR, Office

DOCUMENTS = HERE.parent / "clients/documents"
RULEBOOKS = HERE.parent.parent / "rulebooks"
BEFORE_SHEETS = 179   # lines of the year; the next is a sheet of reviewer-01
CASE = "2018/91500109622018352Y/1"
POOL = ["人员标识", "行业", "工作单位", "关联企业", "所在区县"]
APPLICATIONS = ["评选年度", "统一社会信用代码", "企业名称", "注册地区划", "所在区县", "行业", "独立法人",
                "经营起始日", "申报表", "组织简介", "组织简介字数", "自我评价报告", "证明材料",
                "电子材料收到", "书面材料收到"]
NEW = "91500112MA5U00011J"
CATEGORIES = ["leadership", "strategy", "customers", "resources", "processes", "measurement", "results"]


def lines(count):
    return YEAR.read_bytes().splitlines(keepends=True)[:count]


class Import(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def begin(cls, beginning):
        """An office in which these lines of the year have come to pass."""
        cls.office = Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.start()
        file = cls.office.home / "beginning.jsonl"
        file.write_bytes(b"".join(beginning))
        cls.office.push(file, "--settle")

    def write(self, heading, *rows, name="list.csv", encoding="utf-8-sig"):
        text = io.StringIO()
        csv.writer(text).writerows([heading, *rows])
        path = self.office.home / name
        path.write_bytes(text.getvalue().encode(encoding))
        return str(path)

    def ctl(self, kind, file, *options, fine=(0,)):
        return self.office.ctl("import", kind, file, "--as", "office", *options, fine=fine)

    def said(self, kind, file, *options, fine=(0,)):
        """The lines of JSON: what would be sent and what is wrong; the answers; the counts."""
        done = self.ctl(kind, file, "--output", "json", *options, fine=fine)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        rows = [line for line in found if "row" in line]
        answers = [line for line in found if "line" in line]
        counts = next((line["summary"] for line in found if "summary" in line), None)
        return rows, answers, counts

    def template(self, kind, *options):
        text = self.office.run("awardctl", "--home", str(self.office.home), "import", kind, "--template",
                               "--as", "office", *options).stdout
        return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))), text


class Pool(Import):
    @classmethod
    def setUpClass(cls):
        cls.begin(lines(18))

    def pool(self, person):
        return ([person, "C26；C27、C28", "巴渝认证咨询中心", "91500102208505630M", "500108"])

    def test_1_template_opens_in_a_spreadsheet_and_is_an_import_without_rows(self):
        rows, text = self.template("pool")
        self.assertTrue(text.startswith("\ufeff"))
        self.assertEqual(rows[0], POOL)
        self.assertTrue(rows[1][0].startswith("#") and rows[2][0].startswith("#"))
        file = self.office.home / "template.csv"
        file.write_text(text)
        done = self.ctl("pool", str(file), "--yes", fine=(3,))
        self.assertIn("no row", done.stderr)

    def test_2_what_is_wrong_is_told_row_by_row_and_nothing_is_sent(self):
        before = self.office.last_entry()
        file = self.write(["人员标识", "行业", "工作单位", "关联企业", "所在区县"],
                          self.pool("reviewer-19"), ["reveiwer-20", "", "甲", "", "5001"])
        rows, answers, counts = self.said("pool", file, "--yes", fine=(3,))
        problems = [row for row in rows if "zh" in row]
        self.assertEqual([(p["row"], p["column"], p["value"]) for p in problems],
                         [(3, "人员标识", "reveiwer-20"), (3, "行业", ""), (3, "所在区县", "5001")])
        self.assertIn("reviewer-20", problems[0]["en"])
        self.assertTrue(all(p["zh"] and p["en"] for p in problems))
        self.assertEqual((answers, counts), ([], None))
        self.assertEqual(self.office.last_entry(), before)

    def test_3_a_misspelt_heading_names_the_nearest(self):
        file = self.write(["人员标识", "industires", "工作单位"], ["reviewer-19", "C26", "甲"])
        rows, _, _ = self.said("pool", file, "--dry-run", fine=(3,))
        self.assertIn("industries", next(r["en"] for r in rows if r["column"] == "industires"))

    def test_4_a_trial_writes_nothing_and_without_consent_nothing_is_sent(self):
        before = self.office.last_entry()
        file = self.write(POOL, self.pool("reviewer-19"))
        _, answers, counts = self.said("pool", file, "--dry-run")
        self.assertEqual((answers[0]["line"], answers[0]["outcome"], counts["accepted"]), (2, "accepted", 1))
        self.assertIn("--yes", self.ctl("pool", file).stderr)
        self.assertEqual(self.office.last_entry(), before)

    def test_5_rows_are_sent_and_the_same_file_again_changes_nothing(self):
        file = self.write(POOL, self.pool("reviewer-19"), self.pool("reviewer-20"), encoding="gb18030")
        _, _, counts = self.said("pool", file, "--yes")
        self.assertEqual(counts["accepted"], 2)
        before = self.office.last_entry()
        _, _, counts = self.said("pool", file, "--yes")
        self.assertEqual((counts["accepted"], counts["repeated"]), (0, 2))
        self.assertEqual(self.office.last_entry(), before)
        event = self.office.ask("entries", "office", **{"from": before})["items"][0]["event"]
        self.assertEqual(event["reviewer_added"]["industries"], ["C26", "C27", "C28"])

    def test_6_headings_may_be_english_and_cells_quoted(self):
        file = self.office.home / "english.csv"
        file.write_bytes('person;industries;employer\r\n\r\n# 备注;;\r\n"reviewer-21";"C33;C34";'
                         '"甲""乙"\r\n'.encode())
        rows, answers, _ = self.said("pool", str(file), "--dry-run")
        self.assertEqual((rows[0]["row"], answers[0]["outcome"]), (4, "accepted"))
        self.assertEqual(rows[0]["would_send"]["reviewer_added"]["employer"], '甲"乙')

    def test_7_what_is_no_table_is_an_error(self):
        file = self.office.home / "broken.csv"
        workbook = (DOCUMENTS / "spreadsheet.xlsx").read_bytes()
        for content, said in ((b"a,\"b\nc", "quotes"), (b"\xff\xff\xff", "no text"), (b"", "empty"),
                              (b"\n\n", "empty"), (workbook, "save it as CSV")):
            file.write_bytes(content)
            done = self.ctl("pool", str(file), fine=(3,))
            self.assertIn(said, done.stderr)
            self.assertIn("broken.csv", done.stderr)
        self.ctl("pool", str(self.office.home / "none.csv"), fine=(3,))
        self.ctl("poool", str(file), fine=(2,))


class Applications(Import):
    @classmethod
    def setUpClass(cls):
        cls.begin(lines(49))
        for name in ("profile.docx", "profile.pdf", "revised.docx", "scan.pdf"):
            shutil.copy(DOCUMENTS / name, cls.office.home)

    def row(self, code=NEW, profile="profile.docx", profile_count="", since="2001年9月3日", **more):
        return ["2018", code, more.get("name", "重庆导入试验有限公司"), "500112", "500112", "C36", "是", since,
                "scan.pdf", profile, profile_count, "profile.pdf",
                "市经济信息委=scan.pdf；市生态环境局=revised.docx", "2018/2/28 9:30", "2018-03-01 08:00"]

    def test_1_an_enterprise_is_registered_and_applies_with_its_documents(self):
        file = self.write(APPLICATIONS, self.row())
        rows, answers, counts = self.said("applications", file, "--dry-run")
        self.assertEqual([list(row["would_send"])[-1] for row in rows],
                         ["enterprise_registered", "application_submitted"])
        _, answers, counts = self.said("applications", file, "--yes")
        self.assertEqual(counts["accepted"], 2)
        case = self.office.case(f"2018/{NEW}/1")["case"]
        self.assertEqual(case["stage"], "applied")
        self.assertEqual([(m["kind"], m.get("characters"), m.get("issuer")) for m in case["materials"]],
                         [("application_form", None, None), ("organisation_profile", 13, None),
                          ("self_evaluation_report", 10, None), ("evidence", None, "市经济信息委"),
                          ("evidence", None, "市生态环境局")])
        digest = hashlib.sha256((DOCUMENTS / "profile.docx").read_bytes()).hexdigest()
        self.assertEqual(case["materials"][1]["digest"], digest)
        before = self.office.last_entry()
        rows, _, counts = self.said("applications", file, "--yes")
        self.assertEqual((len(rows), counts["repeated"], counts["accepted"]), (1, 1, 0))
        self.assertEqual(self.office.last_entry(), before)

    def test_2_what_differs_from_the_record_or_the_file_is_told(self):
        file = self.write(APPLICATIONS,
                          self.row(code="91500107621980478R", name="别的名称", since="1999-01-01"),
                          self.row(code="９１500112ma5u0002xa", profile_count="14", since="2001-13-01"),
                          self.row(code="91500112MA5U00038B", profile="missing.docx"))
        rows, _, _ = self.said("applications", file, "--yes", fine=(3,))
        found = {(row["row"], row["column"]): row["en"] for row in rows}
        self.assertIn("重庆山屿", found[2, "企业名称"])
        self.assertIn((2, "经营起始日"), found)
        self.assertIn("91500112MA5U0002XA", found[3, "统一社会信用代码"])
        self.assertIn("13", found[3, "组织简介字数"])
        self.assertIn("check character", found[4, "统一社会信用代码"])
        self.assertIn("check the path", found[4, "组织简介"])

    def test_3_conditions_that_fail_are_told_by_the_trial(self):
        """91500113450401725P has held the award since 2013-10-15: 12(3)."""
        row = self.row(code="91500113450401725P")
        row[2:8] = [""] * 6
        _, answers, counts = self.said("applications", self.write(APPLICATIONS, row), "--dry-run")
        self.assertEqual(counts["refused"], 1)
        reasons = [r for r in answers[0]["reasons"] if r["code"] != "entered_late"]
        self.assertEqual([(r["article"], r["until"]) for r in reasons], [("12(3)", "2018-10-15")])
        self.assertIn("2018-10-16", reasons[0]["en"])

    def test_4_apply_counts_and_sends_the_files(self):
        home = self.office.home
        done = self.office.ctl("apply", "2018", "91500107621980478R", "--form", str(home / "scan.pdf"),
                               "--profile", str(home / "profile.docx"), "--report", str(home / "profile.pdf"),
                               f"市经济信息委={home / 'revised.docx'}", "--paper", "2018-03-01T08:00",
                               "--as", "office")
        self.assertIn("accepted", done.stdout)
        case = self.office.case("2018/91500107621980478R/1")["case"]
        self.assertEqual([m.get("characters") for m in case["materials"]], [None, 13, 10, None])
        self.assertEqual(case["materials"][3]["title"], "revised")

    def test_5_a_document_over_the_limit_is_refused_with_its_article(self):
        long = self.office.home / "long.txt"
        long.write_text("质" * 3001)
        done = self.office.ctl("apply", "2018", "91500102208505630M", "--form", str(long), "--profile",
                               str(long), "--report", str(long), f"市经济信息委={long}", "--paper",
                               "2018-03-01T08:00", "--as", "office", "--dry-run")
        self.assertIn("material_too_long", done.stdout)
        self.assertIn("13(2)", done.stdout)

    def test_6_count_is_for_programs_too(self):
        done = self.office.ctl("count", str(DOCUMENTS / "profile.docx"), str(DOCUMENTS / "scan.pdf"),
                               "--output", "json", fine=(3,))
        self.assertEqual([(row["kind"], row["characters"]) for row in json.loads(done.stdout)],
                         [("docx", 13)])
        self.assertIn("scan.pdf", done.stderr)

    def supplement(self, *words, fine=(0,)):
        return self.office.ctl("supplement", "2018/91500107621980478R/1", *words, "--as", "office",
                               "--reason", "补正", fine=fine)

    def materials_shown(self):
        """The rows of the materials that `case show` prints."""
        text = self.office.ctl("case", "show", "2018/91500107621980478R/1", "--as", "office").stdout
        rows = text.split("申报材料 materials\n")[1].split("\n\n")[0].splitlines()[1:]
        return [[cell for cell in row.split("  ") if cell] for row in rows]

    def test_7_a_supplement_from_a_file_is_shown_beside_what_it_replaces(self):
        home = self.office.home
        before = self.office.last_entry()
        done = self.supplement("--profile", str(home / "revised.docx"), "--dry-run")
        self.assertRegex(done.stdout, r"替换 replaces \S+ organisation_profile")
        self.assertEqual(self.office.last_entry(), before)
        self.supplement("--profile", str(home / "revised.docx"), "--id", "s-1")
        entry = self.office.last_entry()
        self.supplement("--profile", str(home / "revised.docx"), "--id", "s-1")
        self.assertEqual(self.office.last_entry(), entry)
        rows = [row for row in self.materials_shown() if "organisation_profile" in row[0]]
        self.assertEqual([row[-2].strip() for row in rows], ["现行 current", "已被替换 replaced"])
        case = self.office.case("2018/91500107621980478R/1")["case"]
        digest = hashlib.sha256((home / "revised.docx").read_bytes()).hexdigest()
        self.assertEqual(case["materials"][-1]["digest"], digest)
        self.assertEqual(case["replaced_materials"][0]["characters"], 13)

    def test_8_a_proof_replaces_that_of_its_title_and_is_otherwise_one_more(self):
        home = self.office.home
        done = self.supplement(f"市经济信息委={home / 'scan.pdf'}", "--title", "revised")
        self.assertIn("替换 replaces", done.stdout)
        done = self.supplement(f"市生态环境局={home / 'scan.pdf'}")
        self.assertIn("replaces nothing", done.stdout)
        case = self.office.case("2018/91500107621980478R/1")["case"]
        proofs = [m["title"] for m in case["materials"] if m["kind"] == "evidence"]
        self.assertEqual(proofs, ["revised", "scan"])

    def test_9_what_cannot_be_a_supplement_is_said(self):
        home = self.office.home
        long = home / "long.txt"
        long.write_text("字" * 3001)
        for words, status, said in (
                ((), 2, "exactly one file"),
                (("--profile", str(long), "--report", str(long)), 2, "exactly one file"),
                (("--report", str(long), "--title", "x"), 2, "only a proof has a title"),
                (("revised.docx",), 2, "ISSUER=FILE"),
                (("--profile", str(home / "absent.txt")), 3, "absent.txt"),
                (("--profile", str(long)), 1, "material_too_long")):
            with self.subTest(words):
                done = self.supplement(*words, fine=(status,))
                self.assertIn(said, done.stdout + done.stderr)
        done = self.office.ctl("supplement", "2018/91500107621980478R/1", "--form", str(long),
                               fine=(2,))
        self.assertIn("--reason", done.stderr)


class Sheets(Import):
    @classmethod
    def setUpClass(cls):
        cls.begin(lines(BEFORE_SHEETS))

    def test_1_template_has_a_column_for_each_item_of_the_rulebook(self):
        rows, _ = self.template("sheets", "--cycle", "2018")
        self.assertEqual(rows[0][:4], ["案件", "评审员", "评语", "组织的领导 leadership.organisation"])
        self.assertEqual(len(rows[0]), 3 + 22)
        self.assertIn("0-60", rows[2][3])

    def test_1_template_of_a_rulebook_that_divides_one_category_has_the_others_too(self):
        rules = RULEBOOKS / "district-example.yaml"
        digest = hashlib.sha256(rules.read_bytes()).hexdigest()
        self.office.ctl("rulebook", "load", str(rules), "--as", "office")
        self.office.ctl("send", "cycle_opened", "cycle=区", "chair=区长", "units=甲局", "--as", "office",
                        "notice[0].medium=网站", "closing=2018-12-31T18:00:00+08:00", f"rulebook={digest}")
        rows, _ = self.template("sheets", "--cycle", "区")
        self.assertEqual([head.split()[-1] for head in rows[0][3:]],
                         ["leadership", "management.system", "management.tools", "innovation", "brand",
                          "results"])

    def test_2_sheets_by_category_go_out_under_each_reviewers_key(self):
        points = ["57", "45.6", "51.3", "68.40", "62.7", "57", "228"]
        heading = ["案件", "评审员", "领导", "战略", *CATEGORIES[2:]]
        file = self.write(heading, [CASE, "reviewer-01", *points])
        _, answers, counts = self.said("sheets", file, "--yes")
        self.assertEqual(counts["accepted"], 1, answers)
        sheets = [sheet for sheet in self.office.ask("case", **{"case": CASE})["sheets"]
                  if sheet["person"] == "reviewer-01"]
        self.assertEqual([sheet["total"] for sheet in sheets], ["570.00"])
        _, _, counts = self.said("sheets", file, "--yes")
        self.assertEqual((counts["accepted"], counts["repeated"]), (0, 1))

    def test_3_points_and_cases_that_cannot_be_are_told(self):
        heading = ["案件", "评审员", "领导", "strategy.deployment"]
        file = self.write(heading, [CASE, "reviewer-02", "57.125", "-1"])
        rows, _, _ = self.said("sheets", file, "--yes", fine=(3,))
        self.assertEqual([(row["column"], row["value"]) for row in rows],
                         [("领导", "57.125"), ("strategy.deployment", "-1")])
        file = self.write(heading, ["2019/91500109622018352Y/1", "reviewer-02", "5", "5"])
        rows, _, _ = self.said("sheets", file, "--yes", fine=(3,))
        self.assertEqual((rows[0]["row"], rows[0]["column"]), (2, "案件"))

    def test_4_what_the_rule_rejects_is_told_by_the_trial(self):
        file = self.write(["案件", "评审员", "领导"], [CASE, "reviewer-02", "101"])
        _, answers, counts = self.said("sheets", file, "--dry-run", fine=(1,))
        self.assertEqual((answers[0]["line"], counts["rejected"]), (2, 1))


if __name__ == "__main__":
    unittest.main()
