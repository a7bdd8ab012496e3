"""test_json - every message of proto/ with random contents, through the codec and through protobuf's own
JSON, both ways.

    /usr/bin/python3 tests/mapping/test_json.py [--rounds 5000] [--seed 7]

award-json (json.c) is the codec; python3-protobuf, with the three messages that are strings as
clients/python has them, is the other side. A difference is a fault of one of them, or stands in
docs/protocol.md and in `Strictness` here.
"""
import argparse
import base64
import json
import os
import pathlib
import random
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("AWARD_BIN", ROOT / "build/sanitize/bin")).parent
sys.path.insert(0, str(ROOT / "clients/python"))

from google.protobuf import json_format  # noqa: E402
from google.protobuf.descriptor import FieldDescriptor as Field  # noqa: E402
from contract import MESSAGES, from_json, to_json, value_write, values_turn  # noqa: E402

budget = argparse.Namespace(rounds=4, seed=2018)
NESTING, TEXT_BYTES, LINE_BYTES = 16, 8192, 1024 * 1024
SMALL, LARGE = 3, 40  # elements of a list

drawn = set()  # fields, by their whole names

# Days of 1900 to 2999, milliseconds of 1992 to 2999, hundredths of points: protobuf's number, least, most.
BOUNDS = {"award.Day": ("number", -25567, 376199), "award.Points": ("hundredths", 0, 999999999),
          "award.Moment": ("ms", 694195200000, 32503651199999)}
NUMBERS = {
    Field.CPPTYPE_INT32: (-2**31, 2**31 - 1), Field.CPPTYPE_UINT32: (0, 2**32 - 1),
    Field.CPPTYPE_INT64: (-2**63, 2**63 - 1), Field.CPPTYPE_UINT64: (0, 2**64 - 1),
}
CHARACTERS = ("abcXYZ019 _-.", "市长质量管理奖（一）“第”、。", "\x01\b\t\n\f\r\x1b\x1f\x7f", "\"\\/'<>&{}[]:,#@",
              "𠀀𪚥𰻝😀\U0010ffff", "\x80éßÿ\u0301\u200b\u2028\u2029\ud7ff\ue000\ufeff\ufffd\ufffe\uffff")


# ---- Random contents

def number_drawn(draw, least, most):
    near = [least, least + 1, most - 1, most, max(least, 0), max(least, -1), 1, 127, 128, 2**31, 2**32, 2**53]
    fitting = [number for number in near if least <= number <= most]
    return draw.choice(fitting) if draw.random() < 0.5 else draw.randint(least, most)


def text_drawn(draw):
    length = draw.choice((0, 1, 5, 20)) if draw.random() < 0.99 else TEXT_BYTES // 4
    return "".join(draw.choice(draw.choice(CHARACTERS)) for _ in range(length))


def scalar_drawn(draw, field):
    if field.type == Field.TYPE_STRING:
        return text_drawn(draw)
    if field.type == Field.TYPE_BYTES:
        return draw.randbytes(draw.choice((0, 1, 2, 32, draw.randrange(64))) if draw.random() < 0.99 else TEXT_BYTES)
    if field.type == Field.TYPE_ENUM:
        return draw.choice(field.enum_type.values).number
    if field.type == Field.TYPE_BOOL:
        return draw.random() < 0.5
    return number_drawn(draw, *NUMBERS[field.cpp_type])


def value_fill(draw, message):
    """A message that is a single value must have it, within its bounds. False: it is none."""
    name = message.DESCRIPTOR.full_name
    if name == "award.Fraction" or name in BOUNDS:
        drawn.update(field.full_name for field in message.DESCRIPTOR.fields)
    if name == "award.Fraction":
        message.numerator, message.denominator = number_drawn(draw, -2**63, 2**63 - 1), number_drawn(draw, 1, 2**63 - 1)
    elif name in BOUNDS:
        setattr(message, BOUNDS[name][0], number_drawn(draw, *BOUNDS[name][1:]))
    return name == "award.Fraction" or name in BOUNDS


def field_fill(draw, message, field, depth, whole):
    drawn.add(field.full_name)
    repeated = field.label == Field.LABEL_REPEATED
    count = draw.choice((1, SMALL) if whole else (0, 1, SMALL)) if repeated else 1
    if repeated and field.type != Field.TYPE_MESSAGE and draw.random() < 0.02:
        count = LARGE
    for _ in range(count):
        if field.type == Field.TYPE_MESSAGE:
            inner = getattr(message, field.name).add() if repeated else getattr(message, field.name)
            inner.SetInParent()
            fill(draw, inner, depth + 1)
        elif repeated:
            getattr(message, field.name).append(scalar_drawn(draw, field))
        else:
            setattr(message, field.name, scalar_drawn(draw, field))


def fill(draw, message, depth=1, member=None, whole=False):
    """Random contents; `member` is of the oneof, `whole`: every field. The deeper, the less."""
    if value_fill(draw, message) or depth >= NESTING - 1:
        return message
    chance = 1 if whole else 0.6 if depth < 3 else 0.3
    members = {member or draw.choice(oneof.fields).name for oneof in message.DESCRIPTOR.oneofs}
    for field in message.DESCRIPTOR.fields:
        wanted = field.name in members if member and field.containing_oneof else draw.random() < chance
        if wanted and (not field.containing_oneof or field.name in members):
            field_fill(draw, message, field, depth, whole)
    return message


# ---- The codec

class Codec:
    def __init__(self):
        self.process = subprocess.Popen([BUILD / "tests/award-json"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(60) == 0
        self.process.stdout.close()

    def say(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n")

    def read(self, name, form, given):
        """The packed bytes and both texts of JSON; where it is refused, the code alone."""
        said = self.say(name, form, given.hex())
        if said.startswith("!"):
            return said.split()[1], None, None
        packed, line, pretty = (bytes.fromhex(each) for each in said.split(" "))
        return packed, line.decode(), pretty.decode()


def setUpModule():
    global codec
    codec = Codec()
    unittest.addModuleCleanup(codec.close)


# ---- Other ways to write the same JSON

def disturbed(draw, descriptor, found):
    """Fields in another order, whole numbers of 64 bits as numbers, enumerations by number or name."""
    if isinstance(found, list):
        return [disturbed(draw, descriptor, each) for each in found]
    if not isinstance(found, dict):
        return found
    fields = {**descriptor.fields_by_camelcase_name, **descriptor.fields_by_name}
    items = list(found.items())
    draw.shuffle(items)
    wide = (Field.CPPTYPE_INT64, Field.CPPTYPE_UINT64)
    return {key: int(value) if fields[key].cpp_type in wide and isinstance(value, str) and
            int(value) < 2**63 else disturbed(draw, fields[key].message_type, value)
            for key, value in items}


def spellings(draw, message):
    """Protobuf's own JSON of a message in several ways."""
    yield to_json(message)
    for original in (True, False):
        found = json_format.MessageToDict(message, preserving_proto_field_name=original,
                                          use_integers_for_enums=draw.random() < 0.5)
        found = values_turn(message.DESCRIPTOR, found, value_write)
        found = disturbed(draw, message.DESCRIPTOR, found)
        yield json.dumps(found, ensure_ascii=original, indent=draw.choice((None, 0, 3)))


class Mapping(unittest.TestCase):
    maxDiff = 2000

    def differ(self, message, what, ours, theirs):
        if ours != theirs:
            self.fail(f"{message.DESCRIPTOR.full_name}: {what}\n{ours!r}\n{theirs!r}\n{to_json(message)[:3000]}")

    def both_ways(self, draw, message):
        name = message.DESCRIPTOR.full_name.removeprefix("award.")
        bytes_ = message.SerializeToString(deterministic=True)
        packed, line, pretty = codec.read(name, "bytes", bytes_)
        self.differ(message, "packed again", packed, bytes_)
        self.differ(message, "JSON as one line", line, to_json(message))
        for text in (line, pretty):
            again = from_json(text, type(message)()).SerializeToString(deterministic=True)
            self.differ(message, "our JSON as they read it", again, bytes_)
        for text in spellings(draw, message):
            # Who reads a file wants an object; a day alone is none.
            if text.startswith("{") and len(text.encode()) <= LINE_BYTES:
                self.differ(message, "their JSON as we read it " + text[:2000],
                            codec.read(name, "json", text.encode())[0], bytes_)

    def test_every_message_goes_both_ways(self):
        draw = random.Random(budget.seed)
        for name, made in sorted(MESSAGES.items()):
            members = [field.name for oneof in made.DESCRIPTOR.oneofs for field in oneof.fields]
            rounds = max(budget.rounds, len(members)) if made.DESCRIPTOR.fields else 0
            for number in range(rounds):
                member = members[number % len(members)] if members else None
                self.both_ways(draw, fill(draw, made(), member=member, whole=number < max(1, len(members))))
        every = {field.full_name for made in MESSAGES.values() for field in made.DESCRIPTOR.fields}
        self.assertEqual(every - drawn, set())

    def test_the_codec_knows_every_message_that_has_a_field(self):
        lacking = [name for name, made in MESSAGES.items()
                   if made.DESCRIPTOR.fields and codec.say(name, "where") != "here"]
        self.assertEqual(lacking, [])

    def test_texts_of_every_character_go_both_ways(self):
        every = [chr(code) for code in range(1, 0x110000) if not 0xd800 <= code < 0xe000]
        at, draw = 0, random.Random(budget.seed)
        while at < len(every):
            text = "".join(every[at:at + TEXT_BYTES // 4])
            self.both_ways(draw, MESSAGES["EventName"](principal=text, id=text[:1]))
            at += TEXT_BYTES // 4

    def test_messages_go_as_deep_as_the_bound_and_no_deeper(self):
        def nested(depth):
            event = MESSAGES["Event"](id="x")
            inner = event
            for _ in range((depth - 1) // 2):
                inner = inner.correction.content
                inner.SetInParent()
            if depth % 2 == 0:
                inner.correction.reason = "深"
            return event
        self.both_ways(random.Random(budget.seed), nested(NESTING))
        deeper = nested(NESTING + 1)
        self.assertEqual(codec.read("Event", "bytes", deeper.SerializeToString())[0], "too_deep")
        self.assertEqual(codec.read("Event", "json", to_json(deeper).encode())[0], "too_deep")

    def test_what_is_taken_of_damaged_json_means_the_same_to_both(self):
        draw, taken = random.Random(budget.seed), 0
        for _ in range(150 * budget.rounds):
            name = draw.choice(("Event", "Case", "HistoryItem", "Answer", "Ranked", "Status", "Envelope"))
            text = list(next(spellings(draw, fill(draw, MESSAGES[name](), depth=2))))
            for _ in range(draw.randint(1, 2)):
                text[draw.randrange(len(text))] = draw.choice("0123456789\"\\:,{}[]-+.eTZuna ")
            damaged = "".join(text)
            packed = codec.read(name, "json", damaged.encode())[0]
            if isinstance(packed, bytes):
                taken += 1
                read = from_json(damaged, MESSAGES[name]())
                self.differ(read, "taken by both", packed, read.SerializeToString(deterministic=True))
        self.assertGreater(taken, 20)


# ---- What is refused though protobuf takes it, as docs/protocol.md says

class Strictness(unittest.TestCase):
    TAKEN_BY_PROTOBUF = (
        ("Material", '{"characters":1.0}', "wrong_type"), ("Material", '{"characters":1e3}', "wrong_type"),
        ("Material", '{"characters":"+1"}', "wrong_type"),
        ("Event", '{"expected_version":9223372036854775808}', "out_of_range"),
        ("FeedItem", '{"chain":"AAEC_w=="}', "bad_base64"), ("FeedItem", '{"chain":"AAEC/w"}', "bad_base64"),
        ("Event", '{"id":"a\\u0000b"}', "zero_byte"),
        ("Event", '{"expected_version":1,"expectedVersion":1}', "duplicate_field"),
    )
    TAKEN_BY_NEITHER = (
        ("Event", '{"foo":1}', "unknown_field"), ("Material", '{"kind":"form"}', "unknown_value"),
        ("Material", '{"kind":99}', "unknown_value"), ("Event", '{"id":"a","id":"b"}', "duplicate_field"),
        ("Event", '{"id":"\\ud800"}', "bad_json"), ("Halted", '{"case":7}', "wrong_type"),
        ("PlanApproved", '{"team":null,"team":null}', "duplicate_field"),
        ("TeamDrawn", '{"teams":[null]}', "wrong_type"), ("Event", '{"cycle_closed":{},"stopped":{}}', "two_members"),
        ("MayorSigned", '{"on":{"number":1}}', "wrong_type"), ("MayorSigned", '{"on":"2018-02-30"}', "bad_day"),
        ("ClockSet", '{"moment":"2018-10-08"}', "bad_moment"), ("Score", '{"points":"1e2"}', "bad_points"),
        ("Score", '{"points":"85.555"}', "bad_points"),
    )

    def test_what_protobuf_alone_takes(self):
        for name, text, code in self.TAKEN_BY_PROTOBUF:
            with self.subTest(text):
                self.assertEqual(codec.read(name, "json", text.encode())[0], code)
                self.assertTrue(from_json(text, MESSAGES[name]()).ListFields())

    def test_what_neither_takes(self):
        for name, text, code in self.TAKEN_BY_NEITHER:
            with self.subTest(text):
                self.assertEqual(codec.read(name, "json", text.encode())[0], code)
                with self.assertRaises((ValueError, TypeError, AttributeError, json_format.ParseError)):
                    from_json(text, MESSAGES[name]())

    def test_what_both_take(self):
        for name, text, same in (
                ("Event", '{"id":null,"at":null}', "{}"), ("Material", '{"kind":4}', '{"kind":"evidence"}'),
                ("Material", '{"characters":"007"}', '{"characters":7}'),
                ("Score", '{"points":85}', '{"points":"85.00"}'), ("Score", '{"points":"85.5"}', '{"points":"85.50"}'),
                ("ClockSet", '{"moment":"2018-10-08T01:00:00.5Z"}', '{"moment":"2018-10-08T09:00:00.500+08:00"}'),
                ("FeedItem", '{"chain":""}', '{"chain":""}')):
            with self.subTest(text):
                self.assertEqual(codec.read(name, "json", text.encode())[1], same)
                self.assertEqual(to_json(from_json(text, MESSAGES[name]())), same)

    def test_a_difference_is_noticed(self):
        packed, line, _ = codec.read("FeedItem", "json", b'{"entry":"7","chain":"AAEC/w=="}')
        self.assertEqual(line, '{"entry":"7","chain":"AAEC/w=="}')
        self.assertEqual(packed, b"\x08\x07\x12\x04" + base64.b64decode("AAEC/w=="))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5000, help="messages of each type")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.parse_args(namespace=budget)
    print(f"seed {budget.seed}")
    unittest.main(argv=sys.argv[:1])
