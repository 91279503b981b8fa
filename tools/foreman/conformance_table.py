"""The tables of tests/conformance: which tests of a suite do not apply, by which rule, and which are known to fail.

    [RULE] reason               the tests named below do not apply, for this reason
    NAME NAME…
    [fails]                     each test below fails, for its own reason
    NAME reason

`#` begins a comment."""

import re

from .ui import Problem

HEAD = re.compile(r"\[([a-z-]+)\]\s*(.*)")
FAILS = "fails"


class Table:
    """reasons: of each rule; rule: that of each test that does not apply; fails: each known failure's reason."""

    def __init__(self, text, title="the table"):
        self.reasons, self.rule, self.fails = {}, {}, {}
        section = None
        for number, line in enumerate(text.splitlines(), 1):
            line = line.split("#", 1)[0].strip()
            head = HEAD.fullmatch(line)
            if head:
                section, reason = head[1], head[2]
                if section != FAILS and not reason:
                    raise Problem("%s, line %d: the rule [%s] needs a reason" % (title, number, section))
                self.reasons[section] = reason
            elif line and section is None:
                raise Problem("%s, line %d: a name before the first [rule]" % (title, number))
            elif line:
                self.take(section, line, "%s, line %d" % (title, number))

    def take(self, section, line, where):
        name, _, reason = line.partition(" ")
        if section == FAILS and not reason:
            raise Problem("%s: `%s` needs the reason for which it fails" % (where, name))
        for word in [name] if section == FAILS else line.split():
            if word in self.rule or word in self.fails:
                raise Problem("%s: `%s` is there twice" % (where, word))
            if section == FAILS:
                self.fails[word] = reason.strip()
            else:
                self.rule[word] = section


def read(path):
    with open(path, encoding="utf-8") as f:
        return Table(f.read(), path)
