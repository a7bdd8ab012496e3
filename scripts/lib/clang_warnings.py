"""clang_warnings - what clang says of each file that another compiler has built

    /usr/bin/python3 scripts/lib/clang_warnings.py BUILD [FILE...]

Reads BUILD/compile_commands.json and lets clang read each file of the tree (or only those FILEs) with
the same warnings, on all processors; nothing is written. Prints what the first that fail say; exit
status 1 where one does. What comes to light only where code is made (a link, a warning of the
optimiser) is found by the builds.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINES_SHOWN = 40
# Sanitizers change what code is made and not what is said; warnings of gcc's own clang does not know.
LEFT_OUT = ("-fsanitize", "-fno-sanitize", "-c")
ADDED = ("-fsyntax-only", "-Wno-unknown-warning-option", "-Werror")


def command(entry):
    _, *options = shlex.split(entry["command"])
    at = options.index("-o")
    del options[at:at + 2]
    if not options[0].startswith("-"):  # the compiler, behind a launcher
        del options[0]
    return ["clang", *(each for each in options if not each.startswith(LEFT_OUT)), *ADDED]


def said(entry):
    done = subprocess.run(command(entry), cwd=entry["directory"], capture_output=True, text=True,
                          errors="replace", check=False)
    return done.stderr if done.returncode != 0 else ""


def entries(build, files):
    """Of the files that are written by hand: what is made lies in a build."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        name = os.path.relpath(os.path.join(entry["directory"], entry["file"]), ROOT)
        if not name.startswith(("build", "..")) and (not files or name in files):
            yield entry


def wrong(said):
    print(f"clang_warnings: {said}\n{__doc__.splitlines()[2].strip()}", file=sys.stderr)
    return 2


def main(arguments):
    if not arguments or arguments[0].startswith("-"):
        return wrong("a build is wanted first")
    build, *files = arguments
    if not (pathlib.Path(build) / "compile_commands.json").is_file():
        return wrong(f"{build} is no build: it has no compile_commands.json")
    wanted = list(entries(pathlib.Path(build), files))
    missing = set(files) - {os.path.relpath(os.path.join(each["directory"], each["file"]), ROOT) for each in wanted}
    if missing or not wanted:
        return wrong(f"not compiled by {build}: {' '.join(sorted(missing)) or 'anything'}")
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        failed = [text for text in pool.map(said, wanted) if text]
    for line in "".join(failed).splitlines()[:LINES_SHOWN]:
        print(line)
    print(f"{len(wanted)} files, {len(failed)} with warnings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
