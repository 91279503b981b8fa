#!/usr/bin/env python3
"""Checks every #include of the tree against docs/layers.txt: who may include whom.

A rule is `folder or file: what it may include`; the longest left side that fits a file is its rule. Allowed
are always the file's own folder and base/, abi/ (base: abi/ only), and <…> headers only where a rule says `*`,
in kernel/arch/host and wasm/tools (programs of the host), and the compiler's own freestanding headers.

With --self-test it checks itself: a forbidden include must be found."""

import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
RULES = "docs/layers.txt"
FREESTANDING = {
    "float.h", "iso646.h", "limits.h", "stdalign.h", "stdarg.h", "stdatomic.h", "stdbool.h", "stddef.h",
    "stdint.h", "stdnoreturn.h",
}
HOSTED = ("kernel/arch/host/", "wasm/tools/")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
CHECKED = ("base", "wasm", "kernel", "tests", "tools")


def read_rules(path):
    """{left side: [right sides]}, and what is wrong with the file itself."""
    rules, problems = {}, []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.split("#")[0].strip()
            if not line:
                continue
            left, colon, right = line.partition(":")
            if not colon or not left.strip():
                problems.append("%s:%d: `folder: what it may include` was expected" % (RULES, number))
            elif left.strip() in rules:
                problems.append("%s:%d: a second rule for %s" % (RULES, number, left.strip()))
            else:
                rules[left.strip()] = right.split()
    return rules, problems


def under(path, folder):
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def rule_of(rules, path):
    """The left side of the rule for a file, or None."""
    fitting = [left for left in rules if under(path, left)]
    return max(fitting, key=len) if fitting else None


def allowed(rules, left, path, target):
    right = rules[left]
    if "*" in right or under(target, left) or under(target, os.path.dirname(path)) or under(target, "abi"):
        return True
    if under(target, "base") and left != "base":
        return True
    return any(under(target, r) for r in right)


def check_text(rules, path, text, exists):
    """The forbidden includes of one file, as messages."""
    left = rule_of(rules, path)
    if left is None:
        return ["%s: no rule of %s covers this file" % (path, RULES)]
    found = []
    for match in INCLUDE.finditer(text):
        where = "%s:%d: " % (path, text.count("\n", 0, match.start()) + 1)
        target = match[2]
        if match[1] == "<":
            hosted = path.startswith(HOSTED) or "*" in rules[left]
            if target not in FREESTANDING and not hosted:
                found.append(where + "<%s> is not one of the compiler's freestanding headers" % target)
            continue
        beside = os.path.normpath(os.path.join(os.path.dirname(path), target))
        if not exists(target) and exists(beside):
            found.append(where + "write \"%s\": includes name the path from the root" % beside)
        elif not allowed(rules, left, path, os.path.normpath(target)):
            found.append(where + "%s may not include %s (rule `%s`)" % (left, target, left))
    return found


def check_tree(rules):
    problems, files = [], 0
    for top in CHECKED:
        for where, folders, names in os.walk(os.path.join(ROOT, top)):
            folders.sort()
            for name in sorted(names):
                path = os.path.relpath(os.path.join(where, name), ROOT)
                # programs of the guest have other headers; they are no part of the system
                if not name.endswith((".c", ".h", ".def", ".S")) or path.startswith(
                    ("tests/programs/", "tests/wasi/", "tests/sdk/", "tests/env/")
                ):
                    continue
                files += 1
                with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as f:
                    problems += check_text(rules, path, f.read(), lambda p: os.path.exists(os.path.join(ROOT, p)))
    return problems, files


def self_test(rules):
    """Each of these must be refused, each of those allowed."""
    refused = [
        ("base/list.c", '#include "wasm/wasm.h"'),
        ("base/list.c", "#include <stdio.h>"),
        ("wasm/rt/memory.c", '#include "kernel/mm/frame.h"'),
        ("kernel/mm/frame.c", '#include "kernel/proc/process.h"'),
        ("kernel/net/udp.c", '  # include "kernel/drv/net.h"'),
        ("kernel/fs/vfs.c", '#include "wasm/wasm.h"'),
        ("elsewhere/x.c", ""),
    ]
    accepted = [
        ("base/list.c", "#include <stdint.h>"),
        ("wasm/rt/memory.c", '#include "base/base.h"'),
        ("kernel/core/main.c", '#include "kernel/run/exec.h"'),
        ("kernel/arch/host/boot.c", "#include <sys/mman.h>"),
        ("kernel/sys/wasi.c", '#include "abi/wasi.def"'),
    ]
    wrong = [p for p, text in refused if not check_text(rules, p, text, lambda _: True)]
    wrong += [p for p, text in accepted if check_text(rules, p, text, lambda _: True)]
    return ["self-test: %s was judged wrongly" % p for p in wrong]


def main(arguments):
    rules, problems = read_rules(os.path.join(ROOT, RULES))
    if arguments == ["--self-test"]:
        problems += self_test(rules)
        files = 0
    else:
        found, files = check_tree(rules)
        problems += found
    for text in problems:
        print(text)
    print("%d files, %d problems" % (files, len(problems)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
