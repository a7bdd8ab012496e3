"""test_protocol - what docs/protocol.md says in numbers and names is what the sources say."""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
UNITS = {"": 1, "KiB": 1024, "MiB": 1024 * 1024}
sys.path.insert(0, str(ROOT / "clients/python"))

from contract import MESSAGES  # noqa: E402

Query = MESSAGES["Query"]


def source(path):
    return (ROOT / path).read_text(encoding="utf-8")


def product(text):
    number = 1
    for factor in text.split("*"):
        number *= int(factor)
    return number


def names_of(text):
    return set(re.findall(r"`(\w+)`", text))


def section(first, last):
    """What stands between two texts of the page."""
    return PAGE.split(first, 1)[1].split(last, 1)[0]


class Page(unittest.TestCase):
    def test_limits_are_those_of_the_header(self):
        held = {name: product(value) for name, value in
                re.findall(r"(LIMIT_\w+) = ([^,]+),", source("common/limits.h"))}
        rows = re.findall(r"^\| `(LIMIT_\w+)` \| (\d+) ?(\w*) \|", PAGE, re.M)
        self.assertGreater(len(rows), 10)
        for name, number, unit in rows:
            self.assertEqual(int(number) * UNITS[unit], held[name], name)

    def test_version_is_that_of_the_envelope(self):
        major, minor = re.search(r"ENVELOPE_MAJOR = (\d+), ENVELOPE_MINOR = (\d+)",
                                 source("common/envelope.h")).groups()
        self.assertIn(f"Version {major}.{minor}.", PAGE)
        self.assertIn(f"major = {major}, minor = {minor}", PAGE)

    def test_every_code_of_the_codec_is_named(self):
        codes = set(re.findall(r'\[FAULT_\w+\] = \{"(\w+)"', source("common/codec_error.c")))
        of_json = {"bad_json", "bad_base64"}
        named = names_of(section("**Refused as a whole.**", "The codec wants"))
        self.assertGreater(len(codes), 15)
        self.assertEqual(codes - of_json - named, set())

    def test_every_code_has_its_entry_among_the_errors(self):
        held = set(re.findall(r'<a id="(\w+)"></a>', source("docs/errors.md")))
        codes = names_of(section("The codes: ", "The codec wants"))
        codes |= set(re.findall(r"(?:rejected with|: `error`|with `error`) `(\w+)`", PAGE))
        codes |= set(re.findall(r"\(`([a-z]+_\w+)`", section("## Events", "## Queries")))
        codes |= set(re.findall(r"[:,] `([a-z]+_\w+)`(?:\.| \||,)", section("## Limits", "## JSON")))
        self.assertGreater(len(codes), 25)
        self.assertEqual(codes - held, set())

    def test_every_field_of_an_answer_and_every_outcome_is_told(self):
        answer = {field.name for field in MESSAGES["Answer"].DESCRIPTOR.fields}
        self.assertEqual(answer - names_of(section("## Events", "### Sent again")), set())
        outcomes = set(MESSAGES["Outcome"].DESCRIPTOR.enum_types_by_name["Name"].values_by_name)
        self.assertEqual(set(re.findall(r"^\| `(\w+)` \| (?:yes|no) \|", PAGE, re.M)), outcomes)

    def test_every_body_of_the_envelope_is_told(self):
        bodies = {field.name for field in MESSAGES["Envelope"].DESCRIPTOR.oneofs_by_name["body"].fields}
        self.assertEqual(bodies - names_of(section("## Envelope", "**Versions.**")), set())

    def test_every_query_that_has_pages_tells_the_next_one(self):
        paged = {field.name for field in Query.DESCRIPTOR.fields
                 if {"after", "most"} & set(field.message_type.fields_by_name)} | {"report", "trace"}
        rows = section("**Pages.**", "| others")
        named = {name for row in re.findall(r"^\| (`[^|]*) \|", rows, re.M) for name in names_of(row)}
        self.assertEqual(named, paged)


if __name__ == "__main__":
    unittest.main()
