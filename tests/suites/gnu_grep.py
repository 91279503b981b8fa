"""The application grep beside the distribution's GNU grep: status and both outputs are the same, case by case."""

import os
import re

from foreman import packages
from foreman.paths import ROOT
from foreman.testing import Failed, Skipped, Suite

from .common import PARTS, program, write

SUITE = Suite("grep beside GNU grep", parts=PARTS, needs=packages.RUST)
GNU = "/usr/bin/grep"

FILES = {
    "poem": "The quick brown fox\njumps over\nthe lazy dog.\n\nThe end\nfoo foo_bar food\nFOO\n  indented\ttabbed\n",
    "numbers": "".join("%d\n" % n for n in range(1, 31)),
    "code.c": "int main(void)\n{\n    return a[0] + b * c;\n}\n/* a.b a+b (x) {y} ^z$ \\ */\n",
    "words": "color\ncolour\ncolouur\nabc\nabcabc\nab\n-dash\na|b\na.b\n",
    "utf8": "grün\nGRÜN\nétÉ\n日本語\nплохо\nxéx\nstraße\n",
    "empty": "",
    "unended": "first\nlast",
    "binary": b"text\n\0\1\2 text\nmore text\n",
    "latin1": b"plain\nfa\xe7ade\nplain too\n",
    "patterns": "fox\ndog\n",
    "tree/a.txt": "needle in a\n",
    "tree/sub/b.txt": "nothing\nneedle in b\n",
    "tree/sub/deep/c.txt": "needle in c\n",
    "stdin": "from input\nthe fox again\n",
}

# The arguments of each run.
CASES = [line.split("¦") for line in """\
fox¦poem
-n¦the¦poem
-i¦the¦poem
-in¦THE¦poem¦numbers
-v¦o¦poem
-vn¦¦poem
-c¦o¦poem¦words¦empty
-cv¦o¦poem
-l¦o¦poem¦numbers¦words¦empty
-L¦o¦poem¦numbers¦words¦empty
-lv¦.¦poem¦numbers
-q¦fox¦poem
-q¦nothere¦poem
-q¦fox¦absent¦poem
-q¦nothere¦absent
-s¦fox¦absent
fox¦absent
fox¦tree
-w¦foo¦poem
-wo¦foo¦poem
-wv¦foo¦poem
-x¦FOO¦poem
-xi¦foo¦poem
-x¦abc\\|ab¦words
-o¦o.¦poem
-on¦[0-9]¦numbers
-oi¦the¦poem
-o¦x*¦words
-ov¦a¦words
-e¦fox¦-e¦dog¦poem
-e¦-dash¦words
-f¦patterns¦poem
-f¦empty¦poem
-vf¦empty¦poem
-F¦a.b¦words¦code.c
-F¦a+b¦code.c
-F¦[0]¦code.c
-Fx¦a.b¦words
-Fw¦foo¦poem
-Fi¦foo¦poem
-Fo¦o¦words
-h¦o¦poem¦words
-H¦fox¦poem
-m¦2¦o¦poem
-m2¦-c¦o¦poem
-m¦0¦o¦poem
-m1¦-A2¦1¦numbers
-m2¦-A3¦5¦numbers
-A1¦fox¦poem
-B1¦dog¦poem
-C1¦-n¦5¦numbers
-1n¦5¦numbers
-A2¦-B1¦1$¦numbers
-C2¦1¦numbers¦words
-nC1¦-v¦[1-4]¦numbers
-c¦-A1¦5¦numbers
-A100¦29¦numbers
--color=always¦o¦poem
--color=always¦-n¦-H¦fo*¦poem
--color=always¦-v¦o¦poem
--color=always¦-nC1¦5$¦numbers
--color=always¦-vnC1¦[1-4]¦numbers
--color=always¦-o¦-n¦.5¦numbers¦poem
--color=always¦-c¦o¦poem¦words
--color=always¦-l¦o¦poem
--color=always¦x*¦words
--color=auto¦fox¦poem
--colour=never¦fox¦poem
-E¦colou?r¦words
-E¦colou{0,1}r¦words
-E¦colou{2}r¦words
-E¦colou{1,}r¦words
-E¦colou{,1}r¦words
-E¦(abc)+$¦words
-E¦^(abc|ab)$¦words
-E¦a\\|b¦words
-E¦a{x¦words
-E¦{1}a¦words
-E¦*ab¦words
-E¦+ab¦words
-E¦a|*b¦words
-E¦(|a)b¦words
-E¦()¦words
-E¦a(^b|b$)¦words
-E¦x^y¦words
-E¦^*ab¦words
-Eo¦(a|ab)(c|bcd)?¦words
-Eo¦o+|u+¦words
-Eo¦(a*)*b¦words
-E¦\\<fo+\\>¦poem
-E¦\\bfoo\\b¦poem
-Eo¦\\w+¦poem
-Eo¦\\W+¦words
-Eo¦\\S+$¦poem
-Eo¦\\s+¦poem
-E¦\\Boo\\B¦poem
-E¦\\.$¦poem
-E¦[[:upper:]]{3}¦poem
-E¦^[[:space:]]¦poem
-Eo¦[[:digit:]]{2}¦numbers
-E¦[[:punct:]]¦words
-Eo¦[[:alpha:]_]+¦code.c
-E¦[]|]¦words
-E¦[^]a-z]¦words
-E¦[a-]d¦words
-E¦[\\]¦code.c
-E¦[[.-.]]d¦words
-E¦[[=a=]]b¦words
-E¦[x¦words
-E¦[[:foo:]]¦words
-E¦[:alpha:]¦words
-E¦[z-a]¦words
-E¦(a¦words
-E¦a)¦words
-E¦a{2,1}¦words
-E¦a{99999}¦words
-E¦a\\¦words
a\\{2\\}¦words
o\\{2,\\}¦poem
a\\{2¦words
a\\{x\\}¦words
\\(abc\\)\\{2\\}¦words
\\(abc¦words
abc\\)¦words
colou\\?r¦words
colou\\+r¦words
*b¦words
a*b¦words
\\(*b\\)¦words
^*ab¦words
a\\|^b¦words
x$y¦code.c
^z\\$¦code.c
\\^z\\$¦code.c
a+b¦code.c
{y}¦code.c
[*+]¦code.c
\\\\¦code.c
^$¦poem
-n¦^¦empty
-c¦^¦unended
last¦unended
-i¦grün¦utf8
-i¦ÉTé¦utf8
-o¦.ü.¦utf8
-E¦^.{3}$¦utf8
-E¦^.{5}$¦utf8
-o¦[пло]*¦utf8
-w¦x¦utf8
-E¦\\bx¦utf8
-E¦^\\w+$¦utf8
-i¦[é]¦utf8
-E¦[[:upper:]]¦utf8
text¦binary
-c¦more¦binary
-l¦text¦binary
-q¦text¦binary
-a¦more¦binary
nothere¦binary
fa¦latin1
plain¦latin1
-v¦ade¦latin1
-r¦needle¦tree
-rh¦needle¦tree
-rl¦needle¦tree
-rc¦needle¦tree/a.txt
-r¦needle¦tree¦poem
-rL¦needle¦tree
-rn¦needle¦tree/sub
-rw¦needle
the
-c¦fox¦-
-H¦fox
-n¦fox¦-¦poem
fox¦--¦poem
poem¦--¦-n
--regexp=fox¦--line-number¦poem
--max-count=1¦--with-filename¦o¦poem
--context=1¦lazy¦poem""".split("\n")]

# Where GNU grep 3.8 has no such thing, or says it in other words: arguments, status, outputs.
OWN_CASES = [
    (["-Eo", "\\d+", "unended", "numbers", "-m1", "-h"], 0, "1\n", ""),
    (["-E", "(a)\\1", "words"], 2, "", "grep: back-references are not supported: they cannot be matched in linear time\n"),
    (["-E", "((a{1000}){1000}){1000}", "words"], 2, "", "grep: Regular expression too big\n"),
    (["-E", "(" * 5000, "words"], 2, "", "grep: more than 200 parentheses inside each other\n"),
    (["--nonsense", "a"], 2, "", "grep: unknown option `--nonsense`; --help lists them\n"),
    (["-Q", "a"], 2, "", "grep: unknown option `-Q`; --help lists them\n"),
    (["-A", "x", "a"], 2, "", "grep: -A: `x` is not a number of lines\n"),
    (["-e"], 2, "", "grep: -e needs a value\n"),
    (["--count=3", "a"], 2, "", "grep: --count takes no value\n"),
    (["--color=blue", "a"], 2, "", "grep: --color=blue: always, never and auto there are\n"),
    (["-f", "absent", "a"], 2, "", "grep: absent: No such file or directory\n"),
]


def own(t, machine, cases):
    """(status, stdout, stderr) of each case: one boot for all of them."""
    data = "".join("\x1f".join(c) + "\n" for c in cases).encode()
    limits = ("--timeout", "150", "--dir", t.folder + "::/w")
    out = t.exec(machine, *limits, program("grep_table", "rust"), "/w", stdin=data).expect(0, None, "").out
    results = re.findall(rb"status (\d+)\n([^\x1e]*)\x1e([^\x1d]*)\x1d", out)
    if len(results) != len(cases):
        raise Failed("%d results of %d cases\n%r" % (len(results), len(cases), out[-500:]))
    return [(int(status), stdout, stderr) for status, stdout, stderr in results]


def files(t):
    for name, data in FILES.items():
        write(t.folder, name, data)


def compare(cases, got, wanted):
    wrong = []
    for case, ours, theirs in zip(cases, got, wanted):
        if ours != theirs:
            wrong.append("grep %s\n  is     %r\n  should %r" % (" ".join(map(repr, case)), ours, theirs))
    if wrong:
        raise Failed("%d of %d cases differ\n%s" % (len(wrong), len(cases), "\n".join(wrong)))


def gnu(t, case, text):
    result = t.run([GNU, *case], stdin=text, env={"LC_ALL": "C.UTF-8", "GREP_COLORS": ""}, cwd=t.folder)
    out = result.out
    if case[0].startswith("-r"):  # it takes files as they lie in the folder
        out = b"".join(sorted(out.splitlines(True)))
    err = result.err.replace(b"/usr/bin/grep: ", b"grep: ")
    err = re.sub(rb"grep: warning: .*\n", b"", err)
    return result.status, out, err


@SUITE.test(limit_s=200)
def unit_tests(t):
    """The engine's own, compiled for the system and run there."""
    wasm = os.path.join(t.folder, "tests.wasm")
    rustc = os.path.join(ROOT, "sdk", "bin", "wasmos-rustc")
    t.run([rustc, "--test", os.path.join(ROOT, "apps/grep/src/regex/mod.rs"), "-o", wasm], cwd=t.folder).expect(0, "")
    t.exec("host", wasm).expect(0).expect_in_out("test result: ok. ", "; 0 failed;")


@SUITE.on_both(limit_s=200)
def like_gnu_grep(t, machine):
    """On the emulated machine some of the cases."""
    cases = CASES if machine == "host" else CASES[::12]
    version = t.run([GNU, "--version"]).out
    if not version.startswith(b"grep (GNU grep) 3."):
        raise Skipped("%s is not GNU grep 3" % GNU)
    files(t)
    got = own(t, machine, cases)
    compare(cases, got, [gnu(t, case, FILES["stdin"].encode()) for case in cases])
    t.note("%d cases" % len(cases))


@SUITE.on_both()
def messages_of_its_own(t, machine):
    files(t)
    cases = [row[0] for row in OWN_CASES]
    wanted = [(status, out.encode(), err.encode()) for _, status, out, err in OWN_CASES]
    compare(cases, own(t, machine, cases), wanted)


@SUITE.test(limit_s=120)
def hostile_patterns(t):
    """Time grows with the text, whatever the pattern: four times the text, at most eight times the time."""
    write(t.folder, "short", "a" * 20000 + "\n")
    write(t.folder, "long", "a" * 80000 + "\n")
    for pattern in ("(a*)*b", "(a|aa)+$b", "(.*)(.*)(.*)b", "((a?){20}){20}b"):
        seconds = []
        for name in ("short", "long"):
            words = ["--timeout", "60", "--dir", t.folder + "::/w", "grep", "-E", "-c", pattern + "|x", "/w/" + name]
            result = t.exec("host", *words).expect(1, "0\n", "")
            seconds.append(result.seconds)
        if seconds[1] > 8 * seconds[0] + 2:
            raise Failed("%s: %r seconds" % (pattern, seconds))
