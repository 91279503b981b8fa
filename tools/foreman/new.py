"""`list` and `new`."""

import os

from . import builder
from .apps import LANGUAGES, LATER_LANGUAGES, NAME, discover
from .paths import APPS, ROOT
from .ui import Problem, error, paint, say, unknown

FIRST = {
    "c": (
        "src/main.c",
        """\
#include <stdio.h>

int main(int argc, char **argv)
{
    printf("Hello from %s!\\n", argv[0]);
    for (int i = 1; i < argc; i++)
        printf("argument %d: %s\\n", i, argv[i]);
    return 0;
}
""",
    ),
    "cpp": (
        "src/main.cpp",
        """\
#include <iostream>
#include <string>
#include <vector>

int main(int argc, char **argv)
{
    std::vector<std::string> words(argv, argv + argc);

    std::cout << "Hello from " << words[0] << "!\\n";
    for (std::size_t i = 1; i < words.size(); i++)
        std::cout << "argument " << i << ": " << words[i] << '\\n';
    return 0;
}
""",
    ),
}

APP_TOML = """\
language = "%s"
description = "says hello"
# sources = ["src/**"]     the files, from this folder on
# flags = ["-DNAME=1"]     for the compiler
# link_flags = []          for the linker
# libc = "wasi"            the distribution's wasi-libc instead of the SDK
"""


def create(words, language):
    if len(words) != 1:
        raise Problem("new takes one name: ./foreman new NAME --lang c|cpp", 2)
    name = words[0]
    if not NAME.fullmatch(name):
        raise Problem("the name `%s` is not usable; lower case letters, digits, - and _ are" % name, 2)
    if language is None:
        raise Problem("say in which language: ./foreman new %s --lang c|cpp" % name, 2)
    if language in LATER_LANGUAGES:
        raise Problem(
            "the %s SDK comes with a later version of WasmOS; c and cpp work now" % LATER_LANGUAGES[language], 2
        )
    if language not in LANGUAGES:
        raise Problem(unknown("language", language, LANGUAGES), 2)
    if any(a.name == name for a in discover()) or os.path.exists(os.path.join(APPS, name)):
        raise Problem("there is an application `%s` already, or a folder apps/%s" % (name, name))
    path, text = FIRST[language]
    folder = os.path.join(APPS, name)
    os.makedirs(os.path.join(folder, "src"))
    for file, content in (("app.toml", APP_TOML % language), (path, text)):
        with open(os.path.join(folder, file), "w", encoding="utf-8") as f:
            f.write(content)
    say("made apps/%s; change apps/%s/%s, run it with\n    ./foreman exec %s" % (name, name, path, name))
    return 0


def print_list():
    rows = builder.states()
    if not rows:
        say("there are no applications in %s yet; make one with ./foreman new NAME --lang c" % os.path.relpath(APPS, ROOT))
        return 0
    width = max(len(a.name) for a, _ in rows)
    for a, state in rows:
        color = {"built": "32", "error": "31"}.get(state, "33")
        line = "%-*s  %-4s  %s  %s" % (width, a.name, a.language, paint(color, "%-9s" % state), a.description)
        print(line.rstrip())
    for a, _ in rows:
        if a.error:
            error(a.error)
    return 1 if any(a.error for a, _ in rows) else 0
