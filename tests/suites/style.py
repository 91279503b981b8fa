"""Formatting, warnings beyond the compiler's, and Python that old versions understand."""

import ast
import os
import re

from foreman import packages
from foreman.paths import ROOT, find
from foreman.testing import Failed, Suite

SUITE = Suite("formatting and static checks")
C_FOLDERS = ("base", "wasm", "kernel", "sdk", "apps", "tests")
OLDEST_PYTHON = (3, 9)

# One line each, with the reason: what cppcheck may not report.
CPPCHECK_OFF = (
    "missingIncludeSystem",     # freestanding: there are none
    "normalCheckLevelMaxBranches",
    "checkersReport",
    "unmatchedSuppression",
    "unusedStructMember",       # layouts fixed by hardware and file formats
    "comparePointers",          # the ends of linker sections
    "va_end_missing",           # functions that do not return
    "uninitvar",                # guesses about values that it cannot follow; the sanitizers know better
    "uninitStructMember",
    "arrayIndexOutOfBoundsCond",
    "negativeIndex",
)


def format_folder(t, folder):
    files = find(folder, ".c", ".h", ".cpp", tests=True)
    if not files:
        return
    result = t.run([packages.tool("clang-format"), "--dry-run", "-Werror", "--style=file"] + files)
    wrong = sorted(set(re.findall(r"^([^:\n]+):\d+:\d+: error", result.err.decode(), re.M)))
    if wrong:
        raise Failed("to be formatted with %s -i:\n%s" % (packages.tool("clang-format"), "\n".join(wrong)))
    result.expect(0)


def cppcheck_folder(t, folder):
    command = ["cppcheck", "--std=c11", "--platform=unix64", "--enable=warning,portability", "--inline-suppr"]
    command += ["--error-exitcode=1", "--quiet", "-I.", "-D__x86_64__", "--max-configs=1", "--template=gcc"]
    command += ["--suppress=" + name for name in CPPCHECK_OFF]
    files = find(folder, ".c")
    result = t.run(command + files)
    if result.status:
        raise Failed(result.err.decode("utf-8", "replace"))


for name in C_FOLDERS:
    SUITE.add("format/" + name, format_folder, name)
for name in ("base", "wasm", "kernel"):
    SUITE.add("cppcheck/" + name, cppcheck_folder, name, limit_s=300)


@SUITE.test()
def python_is_old_enough(t):
    """foreman promises to run from Python 3.9 on."""
    files = ["foreman"] + find("tools", ".py") + find("tests", ".py") + find("sdk", ".py")
    for path in files:
        with open(os.path.join(ROOT, path), encoding="utf-8") as f:
            try:
                ast.parse(f.read(), path, feature_version=OLDEST_PYTHON)
            except SyntaxError as e:
                raise Failed("%s: %s" % (path, e)) from None
