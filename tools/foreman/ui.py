"""What foreman says, and how. Everything goes to standard error: standard output belongs to programs, lists
and test results."""

import os
import shutil
import sys
import time


class Problem(Exception):
    """Something the user can do something about. Shown as it is, without a stack trace."""

    def __init__(self, text, status=1):
        super().__init__(text)
        self.status = status


def is_terminal():
    return sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def paint(code, text):
    if not is_terminal() or "NO_COLOR" in os.environ:
        return text
    return "\x1b[%sm%s\x1b[0m" % (code, text)


def say(text):
    print(text, file=sys.stderr, flush=True)


def error(text):
    say(paint("1;31", "foreman: ") + text)


def closest(word, known):
    """The known word that was most likely meant, or None."""
    import difflib

    near = difflib.get_close_matches(word, list(known), 1, 0.5)
    return near[0] if near else None


def unknown(kind, word, known):
    """The message for a word that is not one of the known ones."""
    near = closest(word, known)
    hint = " Did you mean `%s`?" % near if near else " There are: %s." % ", ".join(sorted(known))
    return "unknown %s `%s`.%s" % (kind, word, hint)


class Progress:
    """A bar on a terminal; otherwise a line now and then."""

    LINE_EVERY_S = 5.0

    def __init__(self, title):
        self.title = title
        self.bar = is_terminal()
        self.shown = False
        self.next_line = time.monotonic() + 1.0
        self.done = self.total = 0

    def update(self, done, total, what):
        self.done, self.total = done, total
        now = time.monotonic()
        if self.bar:
            columns = shutil.get_terminal_size().columns
            width = 24
            filled = width * done // max(total, 1)
            head = "%s [%s%s] %d/%d " % (self.title, "#" * filled, "." * (width - filled), done, total)
            sys.stderr.write("\r" + (head + what)[: columns - 1] + "\x1b[K")
            sys.stderr.flush()
            self.shown = True
        elif now >= self.next_line or done == total:
            self.next_line = now + self.LINE_EVERY_S
            say("%s: %d of %d: %s" % (self.title, done, total, what))

    def clear(self):
        """Takes the bar away, so that text can follow."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.shown = False
