"""Formatting, warnings beyond the compiler's, and Python that old versions understand."""

import ast
import os

from foreman import packages
from foreman.paths import ROOT, find
from foreman.testing import Failed, Suite

SUITE = Suite("formatting and static checks", needs=packages.TESTING)
C_FOLDERS = ("base", "wasm", "kernel", "tests")
OLDEST_PYTHON = (3, 9)

# One line each, with the reason: what cppcheck may not report.
CPPCHECK_OFF = (
    "missingIncludeSystem",     # freestanding: there are none
    "normalCheckLevelMaxBranches",
    "checkersReport",
    "unmatchedSuppression",
    "unusedStructMember",       # layouts fixed by hardware and file formats
)


def format_folder(t, folder):
    files = find(folder, ".c", ".h", tests=True)
    if files:
        t.run([packages.tool("clang-format"), "--dry-run", "-Werror", "--style=file"] + files).expect(0)


def cppcheck_folder(t, folder):
    command = ["cppcheck", "--std=c11", "--platform=unix64", "--enable=warning,portability", "--inline-suppr"]
    command += ["--error-exitcode=1", "--quiet", "-I.", "-D__x86_64__", "--max-configs=1"]
    command += ["--suppress=" + name for name in CPPCHECK_OFF]
    files = [s for s in find(folder, ".c", tests=False)]
    if files:
        t.run(command + files).expect(0)


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
