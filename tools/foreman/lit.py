"""What the first comments of a test for LLVM's lit say: UNSUPPORTED, REQUIRES, XFAIL, ADDITIONAL_COMPILE_FLAGS."""

import re

_DIRECTIVE = re.compile(r"^//\s*(UNSUPPORTED|REQUIRES|XFAIL|ADDITIONAL_COMPILE_FLAGS)(?:\(([^)]*)\))?:(.*)$")
_TOKEN = re.compile(r"\s*(&&|\|\||!|\(|\)|(?:[-+=._a-zA-Z0-9/]|\{\{.+?\}\})+)")


class _Expression:
    """A boolean expression over features; `{{regex}}` within a word matches part of a feature's name."""

    def __init__(self, text, features):
        self.tokens, self.features = _TOKEN.findall(text), features

    def value(self):
        result = self.either()
        if self.tokens:
            raise ValueError("what is `%s` doing here?" % self.tokens[0])
        return result

    def either(self):
        result = self.both()
        while self.tokens[:1] == ["||"]:
            self.tokens.pop(0)
            result = self.both() or result
        return result

    def both(self):
        result = self.single()
        while self.tokens[:1] == ["&&"]:
            self.tokens.pop(0)
            result = self.single() and result
        return result

    def single(self):
        if not self.tokens:
            raise ValueError("the expression ends too early")
        token = self.tokens.pop(0)
        if token == "!":
            return not self.single()
        if token == "(":
            result = self.either()
            if self.tokens[:1] != [")"]:
                raise ValueError("a `)` is missing")
            self.tokens.pop(0)
            return result
        if token in ("&&", "||", ")"):
            raise ValueError("`%s` has nothing before it" % token)
        parts = re.split(r"\{\{(.+?)\}\}", token)
        pattern = "".join("(?:%s)" % p if i % 2 else re.escape(p) for i, p in enumerate(parts))
        return any(re.fullmatch(pattern, feature) for feature in self.features)


def evaluate(text, features):
    """Whether an expression holds; ValueError if it is none."""
    return _Expression(text, features).value()


class Directives:
    """unsupported: the first reason why the test does not apply here, or None; flags: more of the compiler's."""

    def __init__(self, text, features):
        self.unsupported, self.flags = None, []
        for line in re.sub(r"\\\n//", "", text).splitlines():
            found = _DIRECTIVE.match(line)
            if found:
                self.take(found.group(1), found.group(2), found.group(3).strip(), features)

    def take(self, kind, condition, rest, features):
        if kind == "ADDITIONAL_COMPILE_FLAGS":
            if condition is None or evaluate(condition, features):
                self.flags += rest.split()
            return
        for part in filter(None, map(str.strip, rest.split(","))):
            holds = part == "*" or evaluate(part, features)
            if holds == (kind != "REQUIRES") and not self.unsupported:
                self.unsupported = "%s: %s" % (kind, part)
