"""test_law - the law beside its code: whole, current, and nothing without its place."""
import hashlib
import html.parser
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts/lib"))

from law import index, marks, text  # noqa: E402

TEXT = ROOT / "docs/regulation.zh.txt"
DIGEST = "b8bbefdb1cd0bc06e40fa541d94081a0d9b8837f7e0ec46d208bf917d69b9bc7"
FOLDERS = ("rules", "common", "settings", "letters", "daemon", "workers", "clients", "docs", "rulebooks",
           "tests", "scripts")
VOID = {"meta", "br", "link", "img"}


class Copy:
    """The sources in a scratch folder, one file of them changed."""

    def __init__(self, path, before, after):
        self.path, self.before, self.after = path, before, after

    def __enter__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="award-law-"))
        for folder in FOLDERS:
            shutil.copytree(ROOT / folder, self.root / folder)
        file = self.root / self.path
        words = file.read_text()
        if self.before not in words:
            raise AssertionError(f"{self.path} has no {self.before!r}")
        file.write_text(words.replace(self.before, self.after))
        return self.root

    def __exit__(self, *_):
        shutil.rmtree(self.root, ignore_errors=True)


class Text(unittest.TestCase):
    def test_the_regulation_is_the_one_that_was_received(self):
        self.assertEqual(hashlib.sha256(TEXT.read_bytes()).hexdigest(), DIGEST)

    def test_every_character_of_it_is_on_the_page_in_order(self):
        def bare(words):
            return re.sub(r"\s", "", words)

        source = bare(re.sub(r"^—\s*\d+\s*—$", "", TEXT.read_text(), flags=re.M))
        sentences = []
        chapter = ""
        for unit in text.parse(TEXT.read_text()):
            if unit.chapter != chapter:
                chapter = unit.chapter
                sentences.append(chapter)
            if unit.id != "0":
                sentences.append(unit.label)
            sentences += [sentence.words for sentence in unit.sentences]
        page = bare("".join(sentences))
        plain = str.maketrans("()", "（）")
        source = source.replace("-（", "（").translate(plain)
        self.assertEqual(source, page.translate(plain))

    def test_there_are_24_articles_30_decisions_and_no_id_twice(self):
        articles = {unit.article for unit in text.parse(TEXT.read_text())}
        self.assertEqual(articles, set(range(25)))
        ids = [decision[0] for decision in index.decisions(ROOT)]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual([i for i in ids if i.startswith("decision")],
                         [f"decision {n}" for n in range(1, 31)])

    def test_nothing_takes_a_fee(self):  # 4s1
        for proto in (ROOT / "proto").glob("*.proto"):
            self.assertIsNone(re.search(r"\b(\w+_)?(fee|fees|price)\b", proto.read_text()),
                              proto.name)


class Pages(unittest.TestCase):
    def test_they_are_what_the_sources_give_and_nothing_is_missing(self):
        done = subprocess.run([ROOT / "scripts/law", "--check"], capture_output=True, text=True,
                              check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout[-6000:] + done.stderr)

    def test_the_page_is_well_formed_and_asks_for_nothing_from_outside(self):
        words = (ROOT / "docs/law.html").read_text()
        open_tags, ids, links = [], set(), set()

        class Reader(html.parser.HTMLParser):
            def handle_starttag(self, tag, attrs):
                if tag not in VOID:
                    open_tags.append(tag)
                for name, value in attrs:
                    if name == "id":
                        ids.add(value)
                    elif name == "href":
                        links.add(value)
                    elif name == "src":
                        raise AssertionError(value)

            def handle_endtag(self, tag):
                if open_tags.pop() != tag:
                    raise AssertionError(f"{tag} at {self.getpos()}")

        Reader().feed(words)
        self.assertEqual(open_tags, [])
        self.assertEqual({link for link in links if link[1:] not in ids}, set())


class Missing(unittest.TestCase):
    """What must be noticed: each time one file is changed."""

    def expect(self, path, before, after, said):
        with Copy(path, before, after) as root:
            found = index.Index(root).missing()
        self.assertTrue([line for line in found if said in line], "\n".join(found))

    def test_a_row_of_the_life_cycle_without_an_article(self):
        self.expect("rules/life_cycle.c", 'TO(conferred),         "16(10)"}',
                    'TO(conferred),         ""}', "stands under no sentence")

    def test_a_row_of_the_events_under_an_article_that_there_is_not(self):
        self.expect("rules/events.c", '"分享经验", "17"', '"分享经验", "16(11)"',
                    "names 16(11), which does not exist")

    def test_an_entry_of_the_rulebook_without_an_article(self):
        self.expect("rulebooks/chongqing-2015.yaml", "# 16(4)，决定23: ", "# ",
                    "chongqing-2015.yaml: advisors: stands under no")

    def test_a_fine_point_that_lost_its_test(self):
        self.expect("tests/rules/test_objection.c", "F-founded-3", "", "F-founded-3: no test")

    def test_a_sentence_that_lost_its_code(self):
        self.expect("rules/notes.c", "22s1, 22s2", "22s2", "22s1: no row, function or entry")

    def test_a_mark_that_names_nothing(self):
        self.expect("rules/notes.c", "22s1, 22s2", "22s1, 22s2, F-none-1", "names F-none-1")

    def test_a_pending_point_that_is_there_by_now(self):
        self.expect("docs/law-unbound.tsv", "24s2\t", "F-period-1\tpending\t是\tis\n24s2\t",
                    "F-period-1: is covered")


class Marks(unittest.TestCase):
    def test_they_are_read_as_people_write_them(self):
        for words, expected in (
                ("12(2)-(4)", ["12(2)", "12(3)", "12(4)"]),
                ("12(2) to 12(4)", ["12(2)", "12(3)", "12(4)"]),
                ("16(5).4-5", ["16(5).4", "16(5).5"]),
                ("16(3)s4, F-tie-1", ["F-tie-1", "16(3)s4"]),
                ("第十五条、Article 22", ["22", "15"]),
                ("决定1、2；decisions 3 and 4", [f"decision {n}" for n in (1, 2, 3, 4)]),
                ("7 days, 4.1.1, Civil Code 203, 2018-01-02, item(3)", [])):
            self.assertEqual(marks.read(words), expected, words)
        self.assertEqual(marks.read("19、20，决定16: 政策", plain=True, policy=True),
                         ["decision 16", "decision 28", "19", "20"])


if __name__ == "__main__":
    unittest.main()
