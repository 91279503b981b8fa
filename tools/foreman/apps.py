"""Applications: the folders of apps/, each with an app.toml."""

import os
import re

from . import toml
from .paths import APPS, ROOT, rel
from .ui import unknown

LANGUAGES = {
    "c": (".c",),
    "cpp": (".cpp", ".cc", ".cxx", ".c"),
    "rust": (".rs",),
    "as": (".ts",),
}
OTHER_NAMES = {    # of the languages, for the hint
    "c++": "cpp", "cxx": "cpp", "cc": "cpp", "rs": "rust", "ts": "as", "typescript": "as", "assemblyscript": "as",
}
LIBRARIES = ("sdk", "wasi")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
KEYS = {
    "name": str,
    "language": str,
    "description": str,
    "sources": list,
    "flags": list,
    "link_flags": list,
    "libc": str,
    "engine": bool,
    "threads": bool,
    "no_std": bool,
}
ONLY_FOR = {    # the other keys are for all languages
    "libc": ("c", "cpp"),
    "engine": ("c", "cpp"),
    "threads": ("c", "cpp"),
    "no_std": ("rust",),
    "link_flags": ("c", "cpp", "rust"),
}
TEST_KEYS = {
    "args": list,
    "env": list,
    "stdin": str,
    "dirs": list,
    "status": int,
    "stdout": str,
    "stdout_matches": str,
    "stderr": str,
    "stderr_matches": str,
}
TYPE_WORDS = {str: "a \"string\"", list: "a [\"list\", \"of strings\"]", bool: "true or false", int: "a number"}
TESTS = "test"    # the [[test]] groups


class AppError(Exception):
    """What is wrong with one application; the others are not affected."""


def check_types(keys, known):
    """Every key must be known and its value of the type that the table says."""
    for key, value in keys.items():
        if key not in known:
            raise AppError(unknown("key", key, known))
        wanted = known[key]
        if type(value) is not wanted or (wanted is list and any(not isinstance(v, str) for v in value)):
            raise AppError("`%s` must be %s" % (key, TYPE_WORDS[wanted]))


class AppTest:
    """One [[test]] of an app.toml: how the application is started and what it must do. stdout and stderr are None (not
    looked at), a text, or a regular expression for the whole of it. dirs are FOLDER::GUEST, FOLDER being one of the
    application's."""

    def __init__(self, keys):
        check_types(keys, TEST_KEYS)
        self.args, self.env, self.dirs = keys.get("args", []), keys.get("env", []), keys.get("dirs", [])
        self.stdin, self.status = keys.get("stdin", ""), keys.get("status", 0)
        self.stdout, self.stderr = self.output(keys, "stdout"), self.output(keys, "stderr")
        if not 0 <= self.status <= 255:
            raise AppError("`status` must be a number from 0 to 255")
        for word in self.dirs:
            folder, mark, guest = word.partition("::")
            if not mark or os.path.isabs(folder) or ".." in folder.split("/") or not guest.startswith("/"):
                raise AppError("`dirs`: `%s` must be like \"data::/data\", with a folder of the application's" % word)

    @staticmethod
    def output(keys, name):
        expression = keys.get(name + "_matches")
        if expression is None:
            return keys.get(name)
        if name in keys:
            raise AppError("`%s` and `%s_matches` exclude each other" % (name, name))
        try:
            return re.compile(expression)
        except re.error as e:
            raise AppError("`%s_matches` is not a regular expression of Python's: %s" % (name, e))

    @property
    def name(self):
        """For lists of tests: the arguments, as far as they are short and plain."""
        return re.sub("[^A-Za-z0-9]+", "-", " ".join(self.args)).strip("-")[:40]


def unknown_language(word):
    """The message for a language that is not one of LANGUAGES."""
    known = OTHER_NAMES.get(word.lower())
    if known:
        return "unknown language `%s`. Write `%s`." % (word, known)
    return unknown("language", word, LANGUAGES)


class App:
    """name, language, description, sources (relative to ROOT), flags, link_flags, libc, engine (is the engine's
    library linked in?), threads (may it start some?), no_std (Rust over `env` instead of std), tests; `error` is None or
    what is wrong with it; `lacking` is None or why this machine cannot build it."""

    def __init__(self, folder):
        self.folder = folder
        self.toml = os.path.join(folder, "app.toml")
        self.name = os.path.basename(folder)
        self.language = "?"
        self.description = ""
        self.sources, self.flags, self.link_flags = [], [], []
        self.libc = "sdk"
        self.engine = self.threads = self.no_std = False
        self.tests = []
        self.error = self.lacking = None
        try:
            self.read()
        except AppError as e:
            self.error = "%s: %s" % (self.toml, e)

    @property
    def buildable(self):
        return not self.error and not self.lacking

    @property
    def toolchain(self):
        """What it takes to build it: a language, or a language over the distribution's libraries."""
        return "wasi-" + self.language if self.libc == "wasi" else self.language

    @property
    def wasm(self):
        return "build/apps/%s.wasm" % self.name

    def read(self):
        try:
            with open(os.path.join(ROOT, self.toml), encoding="utf-8") as f:
                keys = toml.parse(f.read())
        except FileNotFoundError:
            raise AppError("is missing; write at least `language = \"c\"` into it")
        except UnicodeDecodeError:
            raise AppError("is not UTF-8 text")
        except toml.TomlError as e:
            raise AppError(str(e))
        tests = keys.pop(TESTS, [])
        check_types(keys, KEYS)
        self.name = keys.get("name", self.name)
        if not NAME.fullmatch(self.name):
            raise AppError("the name `%s` is not usable; lower case letters, digits, - and _ are" % self.name)
        self.language = keys.get("language", "?")
        self.check_language(keys)
        self.description = keys.get("description", "")
        self.flags = keys.get("flags", [])
        self.link_flags = keys.get("link_flags", [])
        self.libc = keys.get("libc", "sdk")
        if self.libc not in LIBRARIES:
            raise AppError(unknown("libc", self.libc, LIBRARIES))
        self.engine, self.threads = keys.get("engine", False), keys.get("threads", False)
        self.no_std = keys.get("no_std", False)
        if self.threads and (self.libc != "sdk" or self.engine):
            raise AppError("`threads` needs the SDK's own libraries: no `libc = \"wasi\"`, no `engine`")
        self.sources = self.find_sources(keys.get("sources", ["src/**"]))
        self.read_tests(tests)

    def read_tests(self, groups):
        if not isinstance(groups, list) or not all(isinstance(g, dict) for g in groups):
            raise AppError("`test` is no key; write the line [[test]] before the keys of a test")
        for number, keys in enumerate(groups, 1):
            try:
                self.tests.append(AppTest(keys))
            except AppError as e:
                raise AppError("[[test]] number %d: %s" % (number, e)) from None

    def check_language(self, keys):
        if "language" not in keys:
            raise AppError("`language` is missing; add `language = \"c\"`, or %s" % ", ".join(list(LANGUAGES)[1:]))
        if self.language not in LANGUAGES:
            raise AppError(unknown_language(self.language))
        for key in keys:
            if self.language not in ONLY_FOR.get(key, LANGUAGES):
                raise AppError("`%s` is for applications in %s" % (key, ", ".join(ONLY_FOR[key])))

    def find_sources(self, patterns):
        endings = LANGUAGES[self.language]
        found = set()
        if not patterns:
            raise AppError("`sources` is empty: there is no source file; without the line, all below src/ are taken")
        for pattern in patterns:
            if os.path.isabs(pattern) or ".." in pattern.split("/"):
                raise AppError("`sources`: `%s` leaves the application's folder" % pattern)
            matched = [p for p in glob(self.folder, pattern) if p.endswith(endings)]
            if not matched:
                raise AppError("`sources`: no %s file matches `%s`" % (" or ".join(endings), pattern))
            found.update(matched)
        return sorted(found)


def glob(folder, pattern):
    """Files under ROOT/folder that match: `*` and `?` within a name, `**` any depth; relative to ROOT."""
    expression = ""
    for part in re.split(r"(\*\*/?|\*|\?)", pattern):
        expression += {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part, re.escape(part))
    matcher = re.compile(expression)
    found = []
    top = os.path.join(ROOT, folder)
    for where, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            path = os.path.relpath(os.path.join(where, name), top)
            if matcher.fullmatch(path):
                found.append(os.path.join(folder, path))
    return found


def discover():
    """All applications in order of their names. Two with the same name are both in error."""
    if not os.path.isdir(APPS):
        return []
    apps = [
        App(rel(os.path.join(APPS, name)))
        for name in sorted(os.listdir(APPS))
        if os.path.isdir(os.path.join(APPS, name)) and not name.startswith(".")
    ]
    by_name = {}
    for app in apps:
        first = by_name.setdefault(app.name, app)
        if first is not app:
            text = "the name `%s` is used twice, by %s and %s; change `name` in one of them"
            for both in (first, app):
                both.error = both.error or text % (app.name, first.toml, app.toml)
    return sorted(apps, key=lambda a: a.name)
