"""A reader for the part of TOML that this project uses: `key = value` lines, comments, values that are strings,
integers, booleans or lists of them, and `[[name]]`, which begins another group of such lines. Written because Python
has one of its own only from 3.11 on, and because its messages name the line and say what to write instead."""

import re

KEY = re.compile(r"[A-Za-z0-9_-]+")
GROUP = re.compile(r"\[\[[ \t]*([A-Za-z0-9_-]+)[ \t]*\]\]")
NUMBER = re.compile(r"[+-]?[0-9](?:_?[0-9])*")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\"}


class TomlError(Exception):
    def __init__(self, line, text):
        super().__init__("line %d: %s" % (line, text))


class Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def fail(self, what):
        raise TomlError(self.text.count("\n", 0, self.at) + 1, what)

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def blank(self, newlines):
        """Skips spaces and comments, and line ends too if asked."""
        while self.peek():
            if self.peek() in " \t\r" or (newlines and self.peek() == "\n"):
                self.at += 1
            elif self.peek() == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return

    def document(self):
        result = group = {}
        self.blank(True)
        while self.peek():
            if self.peek() == "[":
                group = self.group(result)
            else:
                self.line(group)
            self.blank(True)
        return result

    def line_ends(self, what):
        self.blank(False)
        if self.peek() not in ("", "\n"):
            self.fail("%s is followed by something else" % what)

    def group(self, result):
        """`[[name]]`: a new dictionary at the end of the list result[name]."""
        header = GROUP.match(self.text, self.at)
        if not header:
            self.fail("tables ([…]) are not used here; write plain `key = value` lines, or [[test]] before those of a test")
        groups = result.setdefault(header[1], [])
        if not isinstance(groups, list) or any(not isinstance(g, dict) for g in groups):
            self.fail("`%s` is given twice" % header[1])
        self.at = header.end()
        self.line_ends("`%s`" % header[0])
        groups.append({})
        return groups[-1]

    def line(self, group):
        """`key = value`, into the dictionary."""
        key = KEY.match(self.text, self.at)
        if not key:
            self.fail("a key was expected, like `name = \"…\"`")
        if key.group() in group:
            self.fail("`%s` is given twice" % key.group())
        self.at = key.end()
        self.blank(False)
        if self.peek() != "=":
            self.fail("`=` was expected after `%s`" % key.group())
        self.at += 1
        self.blank(False)
        group[key.group()] = self.value()
        self.line_ends("the value of `%s`" % key.group())

    def value(self):
        c = self.peek()
        if c in "\"'" and c:
            return self.string(c)
        if c == "[":
            return self.array()
        for word, value in (("true", True), ("false", False)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        number = NUMBER.match(self.text, self.at)
        if not number:
            self.fail("a value was expected: a \"string\", a number, true, false or a [list]")
        self.at = number.end()
        return int(number.group().replace("_", ""))

    def string(self, quote):
        """Three quotes begin a string of several lines; a line end right after them is not part of it."""
        long = self.text.startswith(3 * quote, self.at)
        end = 3 * quote if long else quote
        start = self.at
        self.at += len(end)
        if long and self.peek() == "\n":
            self.at += 1
        out = []
        while not self.text.startswith(end, self.at):
            c = self.peek()
            if c == "" or (c == "\n" and not long):
                self.at = start
                self.fail("the string is not closed by %s%s" % (end, "" if long else " on its line"))
            self.at += 1
            if c == "\\" and quote == '"':
                c = self.escape()
            out.append(c)
        self.at += len(end)
        return "".join(out)

    def escape(self):
        c = self.peek()
        self.at += 1
        if c in ESCAPES and c:
            return ESCAPES[c]
        digits = {"u": 4, "U": 8}.get(c, 0)
        code = self.text[self.at : self.at + digits]
        if not digits or not re.fullmatch("[0-9A-Fa-f]{%d}" % digits, code) or int(code, 16) > 0x10FFFF:
            self.fail("unknown escape \\%s; a backslash itself is written \\\\" % c)
        self.at += digits
        return chr(int(code, 16))

    def array(self):
        self.at += 1
        out = []
        self.blank(True)
        while self.peek() != "]":
            if self.peek() == "[":
                self.fail("lists inside lists are not used here")
            out.append(self.value())
            self.blank(True)
            if self.peek() == ",":
                self.at += 1
                self.blank(True)
            elif self.peek() != "]":
                self.fail("`,` or `]` was expected in the list")
        self.at += 1
        return out


def parse(text):
    """The document as a dictionary; TomlError otherwise."""
    return Reader(text).document()
