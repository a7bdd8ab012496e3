"""covered - which tests of the rules come by which line, so that a mutant meets only those that can
notice it.

The runner (tests/mutation/runner.c) writes a line a test: name, microseconds, and the places of the
program's text that it came by, each the begin of a stretch without a branch. A line belongs to the
stretch that begins on it or next above it in its function.
"""
import bisect
import collections
import re
import subprocess

BODY = re.compile(r"^\{\n.*?^\}$", re.M | re.S)


def bodies(text):
    """First and last line of each function's body."""
    return [(text.count("\n", 0, match.start()) + 1, text.count("\n", 0, match.end()) + 1)
            for match in BODY.finditer(text)]


def lines_of_places(program, places):
    """Of each place (hexadecimal, from the begin of the program) its file's name and line."""
    symbols = subprocess.run(["nm", program], capture_output=True, text=True, check=True).stdout
    begin = int(re.search(r"^(\w+) \w __executable_start$", symbols, re.M)[1], 16)
    places = list(places)
    # The place is where the call of the trace returns to, which may be the next line already.
    asked = "\n".join(f"{begin + int(place, 16) - 1:x}" for place in places)
    answer = subprocess.run(["addr2line", "-e", program], input=asked, capture_output=True,
                            text=True, check=True).stdout.splitlines()
    lines = {}
    for place, line in zip(places, answer):
        path, _, number = line.partition(" ")[0].rpartition(":")
        if number.isdigit():
            lines[place] = ("rules/" + path.rpartition("/")[2], int(number))
    return lines


class Covered:
    """What the unchanged tests came by; `texts` are the rules by the names of their files."""

    def __init__(self, program, report, texts):
        rows = [line.split() for line in report.splitlines()]
        lines = lines_of_places(program, {place for row in rows for place in row[2:]})
        self.seconds = {row[0]: int(row[1]) / 1e6 for row in rows}
        self.tests = collections.defaultdict(set)
        for name, _, *places in rows:
            for place in places:
                if place in lines:
                    self.tests[lines[place]].add(name)
        self.bodies = {file: bodies(text) for file, text in texts.items()}
        self.begins = collections.defaultdict(list)
        for file, line in sorted(self.tests):
            self.begins[file].append(line)

    def of_line(self, file, line):
        """The tests that can notice a change in this line, and all that come by its function; of a
        line outside of functions both are all tests."""
        for first, last in self.bodies[file]:
            if first <= line <= last:
                return self._of_body(file, line, first, last)
        return set(self.seconds), set(self.seconds)

    def _of_body(self, file, line, first, last):
        begins = self.begins[file]
        inside = begins[bisect.bisect_left(begins, first):bisect.bisect_right(begins, last)]
        every = set().union(*(self.tests[file, begin] for begin in inside))
        above = [begin for begin in inside if begin <= line]
        return (set(self.tests[file, above[-1]]) if above else every), every

    def quickest_first(self, tests):
        return sorted(tests, key=lambda test: (self.seconds[test], test))
