"""index - what stands under each sentence, decision and fine point, and what is missing

Everything that carries a mark is put under the place that the mark names. A unit of several
sentences has a place of its own, for what names no single one of them; such a thing covers none of
the sentences.
"""
import csv
import re

from law import marks, rulebook, source, tables, text

FOLDERS = ("rules", "common", "settings", "letters", "daemon", "workers", "clients", "clients/ctl")
# What another reading would have decided carries out nothing of the regulation.
OTHER_READINGS = re.compile(r"(rules/|tests/rules/test_)expos\w*\.c")
RULEBOOK = "rulebooks/chongqing-2015.yaml"
DECISION = re.compile(r"^- \*\*(?:决定 \d+ / )?(decision \d+|F-[a-z]+-\d+)\*\* 〔([^〕]*)〕(.*)$")


class Place:
    """A sentence, the whole of a unit, a decision or a fine point."""

    def __init__(self, place_id, kind, words, unit=None, english=""):
        self.id = place_id
        self.kind = kind  # sentence, unit, decision, fine
        self.words = words
        self.english = english
        self.unit = unit
        self.binds = kind != "unit"
        self.reason = None
        self.rows, self.functions, self.entries = [], [], []
        self.decisions, self.tests = [], []

    @property
    def anchor(self):
        return "p" + re.sub(r"[^\w]+", "-", self.id).strip("-")

    @property
    def carried(self):
        return bool(self.rows or self.functions or self.entries)


def decisions(root):
    """(id, articles, Chinese, English) of the page of decisions."""
    lines = (root / "docs/decisions-of-law.md").read_text().splitlines()
    found = []
    for index, line in enumerate(lines):
        match = DECISION.match(line)
        if match:
            found.append((match[1], match[2], match[3].strip(), lines[index + 1].strip()))
    return found


def unbound(root):
    with (root / "docs/law-unbound.tsv").open() as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t",
                          quoting=csv.QUOTE_NONE)
        return {row[0]: tuple(row[1:4]) for row in rows if row}


class Index:
    def __init__(self, root):
        self.root = root
        self.places = {}
        self.of_unit = {}
        self.strays = []  # things whose marks name nothing that exists
        self.homeless = []  # things that must stand somewhere and stand nowhere
        self.units = text.parse((root / "docs/regulation.zh.txt").read_text())
        self.unbound = unbound(root)
        self.decisions = decisions(root)
        self.text_places()
        self.tables = tables.Tables(root)
        self.stage_sets = tables.stage_sets(root)
        self.entries = rulebook.read(root, RULEBOOK)
        self.functions = self.read_functions()
        self.tests = self.read_tests()
        self.put_all()

    # ---- Places

    def text_places(self):
        for unit in self.units:
            content = [sentence for sentence in unit.sentences if not sentence.heading]
            for sentence in unit.sentences:
                place = Place(sentence.id, "sentence", sentence.words, unit)
                place.binds = not sentence.heading and sentence.id not in self.unbound
                self.places[place.id] = place
            if len(content) > 1:
                whole = Place(unit.id, "unit", unit.label, unit)
                self.places[unit.id] = whole
                self.of_unit[unit.id] = unit.id
            elif unit.sentences:
                self.of_unit[unit.id] = (content or unit.sentences)[0].id
        for decision, _, chinese, english in self.decisions:
            kind = "fine" if decision.startswith("F-") else "decision"
            self.places[decision] = Place(decision, kind, chinese, english=english)
        for place_id, (kind, chinese, english) in self.unbound.items():
            if place_id in self.places:
                self.places[place_id].reason = (kind, chinese, english)

    def target(self, mark):
        """The place that a mark names, None where there is none."""
        return self.places.get(mark) or self.places.get(self.of_unit.get(mark, ""))

    # ---- Things

    def read_functions(self):
        headers = {}
        for folder in FOLDERS:
            headers.update(source.header_comments(self.root, folder))
        found = []
        for folder in FOLDERS:
            for path in source.tree_files(self.root, folder, "*.c"):
                if OTHER_READINGS.fullmatch(path):
                    continue
                for function in source.c_functions(self.root, path):
                    if not function.lines[0].startswith("static"):
                        said = headers.get(function.name, [])
                        function.comment = said + function.comment
                    function.marks = list(dict.fromkeys(function.own_marks() +
                                                        function.section_marks()))
                    found.append(function)
        self.take_rows(found)
        self.take_helpers(found)
        return found

    def take_rows(self, found):
        """A decide function stands where its rows stand."""
        deciding = {row.decide: row for row in self.tables.events}
        by_event = {}
        for row in self.tables.life:
            event = row.cells[1].split()[-1]
            by_event.setdefault(event, []).extend(row.marks)
        for function in found:
            row = deciding.get(function.name)
            if row is not None:
                more = row.marks + by_event.get(row.name, [])
                function.marks = list(dict.fromkeys(more + function.marks))
                function.decides = True
            else:
                function.decides = False

    @staticmethod
    def take_helpers(found):
        """What a marked function calls in its own file, where that names nothing itself."""
        for function in found:
            function.helpers = []
        by_file = {}
        for function in found:
            by_file.setdefault(function.path, {})[function.name] = function
        for function in found:
            if not function.marks:
                continue
            queue, seen = [function], {function.name}
            while queue:
                called = set(re.findall(r"\b(\w+)\(", "\n".join(queue.pop(0).lines[1:])))
                for name, other in by_file[function.path].items():
                    if name in called and name not in seen and not other.marks:
                        seen.add(name)
                        queue.append(other)
                        function.helpers.append(other)

    def read_tests(self):
        found = []
        for folder in sorted({path.parent for path in (self.root / "tests").glob("*/test_*.c")} |
                             {path.parent for path in (self.root / "tests").glob("*/*_test.c")}):
            for path in source.tree_files(self.root, folder.relative_to(self.root), "*.c"):
                if OTHER_READINGS.fullmatch(path):
                    continue
                for test in source.c_functions(self.root, path):
                    if source.TEST_NAME.match(test.lines[0]):
                        test.marks = list(dict.fromkeys(test.own_marks() + test.section_marks()))
                        found.append(test)
        for path in source.tree_files(self.root, "tests", "*/test_*.py"):
            if not path.startswith("tests/docs/"):
                found += source.python_tests(self.root, path)
        return found

    # ---- Putting

    def put(self, thing, place_list, must):
        placed = False
        for mark in thing.marks:
            place = self.target(mark)
            if place is None:
                self.strays.append((thing.id, mark))
                continue
            placed = True
            held = getattr(place, place_list)
            if thing not in held:
                held.append(thing)
        if must and not placed:
            self.homeless.append(thing.id)

    def put_all(self):
        for row in self.tables.rows:
            self.put(row, "rows", True)
        for function in self.functions:
            self.put(function, "functions", function.decides)
        self.find_homes()
        for entry in self.entries:
            self.put(entry, "entries", True)
        for test in self.tests:
            self.put(test, "tests", False)
        for decision, articles, _, _ in self.decisions:
            for mark in marks.read(articles, plain=True):
                place = self.target(mark)
                if place is None:
                    self.strays.append((decision, mark))
                else:
                    place.decisions.append(self.places[decision])

    def find_homes(self):
        """The first place in the order of the page that has the function."""
        for place in self.places.values():
            for function in place.functions:
                if not hasattr(function, "home"):
                    function.home, function.home_anchor = place.id, place.anchor

    # ---- What is missing

    def missing(self):
        """Sentences about every place that lacks what must stand under it."""
        found = []
        for place in self.places.values():
            if not place.binds:
                continue
            lacks = [word for word, there in (("no row, function or entry", place.carried),
                                              ("no test", place.tests)) if not there]
            pending = place.reason is not None and place.reason[0] == "pending"
            if lacks and not pending:
                found.append(f"{place.id}: {' and '.join(lacks)} under it")
            if pending and not lacks:
                found.append(f"{place.id}: is covered; take it out of docs/law-unbound.tsv")
        for place_id in self.unbound:
            if place_id not in self.places:
                found.append(f"{place_id}: docs/law-unbound.tsv names what does not exist")
        found += [f"{thing}: names {mark}, which does not exist" for thing, mark in self.strays]
        found += [f"{thing}: stands under no sentence and no decision" for thing in self.homeless]
        return found
