"""run - runs the test cases of one file and closes with a line "counts PASSED FAILED SKIPPED".

    /usr/bin/python3 tests/scenarios/run.py tests/scenarios/test_year.py
"""

import importlib.util
import sys
import unittest
from pathlib import Path


def main() -> int:
    path = Path(sys.argv[1]).resolve()
    if not path.is_file():
        print(f"run: there is no {path}")
        return 2
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # where unittest looks for setUpModule
    spec.loader.exec_module(module)
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    for test, reason in result.skipped:
        print(f"skipped: {test}: {reason}")
    print(f"counts {max(0, result.testsRun - failed - skipped)} {failed} {skipped}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
