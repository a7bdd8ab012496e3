#!/usr/bin/python3
"""pages - the blocks of the pages that are run in a container, a file each, in the order of reading

    pages.py DIRECTORY
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "docs"))

from blocks import ROOT, in_container  # noqa: E402

place = pathlib.Path(sys.argv[1])
for number, block in enumerate(in_container(), 1):
    title = f"{block.page.relative_to(ROOT)}: {block.count()} 条命令 commands"
    (place / f"{number:02}.sh").write_text(f"# {title}\n{block.text}")
