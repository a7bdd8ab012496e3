"""contract - the messages of proto/, and their JSON; see docs/protocol.md

protoc compiles the contract at the start, from the folder proto/ of this tree or from AWARD_PROTO. JSON
is protobuf's own mapping, but for three messages that are strings: Day, Moment, Points.
"""
import json
import os
import pathlib
import re
import subprocess
from datetime import date, datetime, timedelta, timezone

from google.protobuf import descriptor_pb2, json_format, message_factory

PROTO = pathlib.Path(os.environ.get("AWARD_PROTO", pathlib.Path(__file__).parents[2] / "proto"))
SHANGHAI, MS = timezone(timedelta(hours=8)), timedelta(milliseconds=1)
EPOCH = datetime.fromtimestamp(0, timezone.utc)

compiled = subprocess.run(["protoc", f"-I{PROTO}", "--descriptor_set_out=/dev/stdout",
                           *sorted(map(str, PROTO.glob("*.proto")))], check=True, stdout=subprocess.PIPE)
MESSAGES = {name.removeprefix("award."): each for name, each in message_factory.GetMessages(
    descriptor_pb2.FileDescriptorSet.FromString(compiled.stdout).file).items()}


def moment_text(ms):
    return (EPOCH + ms * MS).astimezone(SHANGHAI).isoformat(timespec="milliseconds" if ms % 1000 else "seconds")


def points_read(text):
    found = re.fullmatch(r"(\d{1,7})(?:\.(\d{1,2}))?", str(text), re.ASCII)
    if not found:
        raise ValueError(f"{text} is not a number of points such as \"85.50\"")
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


VALUES = {  # message: its one field, that number from a text, and the text of it
    "award.Day": ("number", lambda text: (datetime.strptime(text, "%Y-%m-%d").date() - EPOCH.date()).days,
                  lambda days: date.isoformat(EPOCH.date() + timedelta(days))),
    "award.Moment": ("ms", lambda text: (datetime.fromisoformat(text) - EPOCH) // MS, moment_text),
    "award.Points": ("hundredths", points_read, lambda hundredths: "%d.%02d" % divmod(hundredths, 100))}


def value_read(value, text):
    return {value[0]: value[1](text)}


def value_write(value, fields):
    return value[2](int(fields[value[0]]))


def values_turn(descriptor, found, turn):
    """The same JSON with each day, moment and number of points turned into text, or back."""
    if isinstance(found, list):
        return [values_turn(descriptor, each, turn) for each in found]
    if descriptor is None or found is None:
        return found
    if descriptor.full_name in VALUES:
        return turn(VALUES[descriptor.full_name], found)
    if not isinstance(found, dict):
        return found  # protobuf says what is wrong with it
    fields = {**descriptor.fields_by_camelcase_name, **descriptor.fields_by_name}
    return {key: values_turn(fields[key].message_type if key in fields else None, each, turn)
            for key, each in found.items()}


def once(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a field is given twice")
    return dict(pairs)


def from_json(text, message):
    """Fills the message from a text of JSON, and returns it."""
    read = json.loads(text, object_pairs_hook=once)
    return json_format.ParseDict(values_turn(message.DESCRIPTOR, read, value_read), message)


def to_json(message):
    """One line; the same message gives the same text."""
    written = values_turn(message.DESCRIPTOR,
                          json_format.MessageToDict(message, preserving_proto_field_name=True), value_write)
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).replace("\x7f", "\\u007f")
