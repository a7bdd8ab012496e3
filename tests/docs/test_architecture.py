"""test_architecture - the page that a newcomer holds against the tree fits the tree.

Each room of its table is a folder, each folder of sources is a room, and each file that it names is
there.
"""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/architecture.md"
NO_ROOMS = {"docs", "packaging", "rulebooks", "scripts", "tests", "build"}


def rooms():
    return set(re.findall(r"^\| `([a-z/]+)/` \|", PAGE.read_text(), re.MULTILINE))


class Architecture(unittest.TestCase):
    def test_each_room_is_a_folder(self):
        self.assertGreater(len(rooms()), 5)
        for room in rooms():
            self.assertTrue((ROOT / room).is_dir(), room)

    def test_each_folder_of_sources_is_a_room(self):
        folders = {each.name for each in ROOT.iterdir()
                   if each.is_dir() and not each.name.startswith(".")}
        self.assertEqual(folders - NO_ROOMS - rooms(), set())

    def test_each_file_that_is_named_is_there(self):
        named = re.findall(r"\b((?:daemon|rules|common|clients|settings|scripts)/[a-z_/]+"
                           r"(?:\.[a-z]+)?)", PAGE.read_text())
        self.assertGreater(len(named), 20)
        for name in named:
            found = (ROOT / name).exists() or (ROOT / f"{name}.c").exists()
            self.assertTrue(found, name)

    def test_it_is_one_page(self):
        self.assertLess(len(PAGE.read_text().splitlines()), 100)


if __name__ == "__main__":
    unittest.main()
