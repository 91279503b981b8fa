"""`list` and `new`."""

import os

from . import builder, testing
from .apps import LANGUAGES, NAME, discover, unknown_language
from .paths import APPS, ROOT, find
from .ui import Problem, error, paint, say, unknown

STARTER = "sdk/%s/starter"    # each language's first application; @NAME@ in its files is the new one's name


def choose_language(name, language):
    if language is None:
        raise Problem("say in which language: ./foreman new %s --lang %s" % (name, "|".join(LANGUAGES)), 2)
    if language not in LANGUAGES:
        raise Problem(unknown_language(language), 2)
    return language


def check_name(name):
    if not NAME.fullmatch(name):
        raise Problem("the name `%s` is not usable; lower case letters, digits, - and _ are" % name, 2)
    if name in builder.PARTS or name in testing.suite_names():
        raise Problem("`%s` is what foreman calls a part of the system; choose another name" % name, 2)
    for a in discover():
        if a.name == name:
            raise Problem("there is an application `%s` already: %s; choose another name" % (name, a.toml))
    if os.path.lexists(os.path.join(APPS, name)):
        raise Problem("apps/%s exists already; choose another name, or move it away" % name)


def create(words, language):
    if len(words) != 1:
        raise Problem("new takes one name: ./foreman new NAME --lang %s" % "|".join(LANGUAGES), 2)
    name = words[0]
    check_name(name)
    starter = STARTER % choose_language(name, language)
    files = find(starter)
    for file in files:
        with open(os.path.join(ROOT, file), encoding="utf-8") as f:
            text = f.read().replace("@NAME@", name)
        path = os.path.join(APPS, name, os.path.relpath(file, starter))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
    first = next(os.path.relpath(f, starter) for f in files if f.endswith(LANGUAGES[language]))
    say(
        "made apps/%s; change apps/%s/%s, then\n    ./foreman exec %s     runs it\n    ./foreman test %s     "
        "tries what apps/%s/app.toml says it does" % (name, name, first, name, name, name)
    )
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
    builder.say_left_out([a for a, _ in rows], builder.PARTS)
    return 1 if any(a.error for a, _ in rows) else 0
