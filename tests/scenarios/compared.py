"""compared - what the tests of whole years share: comparisons that list every difference.

A test collects what differs and closes with none_differ(), so that one run shows everything that is
wrong.
"""
import unittest


def same_fraction(found, numerator, denominator):
    return found is not None and (found["numerator"] * denominator ==
                                  numerator * found["denominator"])


def hundredths(text):
    return int(text.replace(".", ""))


def fraction_shown(fraction):
    """Four decimals, rounded half up, of a fraction of points."""
    scaled = (fraction["numerator"] * 20000 + fraction["denominator"]) // \
        (2 * fraction["denominator"])
    return "%d.%04d" % divmod(scaled, 10000)


class Compared(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.differences = []

    def differ(self, what, found, expected):
        if found != expected:
            self.differences.append(f"{what}: found {found!r}, expected {expected!r}")

    def holds(self, what, good, found, expected):
        if not good:
            self.differences.append(f"{what}: found {found!r}, expected {expected!r}")

    def none_differ(self):
        self.assertEqual(self.differences, [], "\n" + "\n".join(self.differences))

    def fields(self, what, found, expected, names):
        for name in names:
            if name in expected:
                self.differ(f"{what} {name}", found.get(name), expected[name])
