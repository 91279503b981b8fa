"""`conformance`: public test suites of the C and C++ libraries, run against the SDK, and comparisons with other libraries.
A suite is a module with main(values)."""

import importlib

from .ui import Problem, unknown

SUITES = {"floats": "conformance_floats", "libc": "conformance_libc", "libcxx": "conformance_libcxx"}


def main(words, values):
    if len(words) != 1:
        raise Problem("conformance takes one suite: %s" % ", ".join(sorted(SUITES)), 2)
    if words[0] not in SUITES:
        raise Problem(unknown("conformance suite", words[0], SUITES), 2)
    return importlib.import_module("." + SUITES[words[0]], __package__).main(values)
