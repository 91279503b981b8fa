"""Command lines: options before and between the words, `--` ends them, unknown ones are refused with a
suggestion."""

from .ui import Problem, unknown


class Option:
    """name without dashes; `value` is the word for its argument in help texts (None: a switch)."""

    def __init__(self, name, value, help_text, many=False, check=None, short=None):
        self.name, self.value, self.help, self.many, self.check = name, value, help_text, many, check
        self.short = short

    @property
    def key(self):
        return self.name.replace("-", "_")


class Values(dict):
    __getattr__ = dict.__getitem__


def parse(options, words, interspersed=True):
    """(values, remaining words). Not interspersed: the first word that is no option ends them, so that a
    program's own options reach it."""
    known = {"--" + o.name: o for o in options}
    known.update({"-" + o.short: o for o in options if o.short})
    values = Values({o.key: [] if o.many else None if o.value else False for o in options})
    rest, i = [], 0
    while i < len(words):
        word = words[i]
        i += 1
        if word == "--":
            return values, rest + words[i:]
        if not word.startswith("-") or word == "-":
            if not interspersed:
                return values, words[i - 1 :]
            rest.append(word)
            continue
        name, equals, inline = word.partition("=")
        if name not in known:
            raise Problem(unknown("option", name, known) + " `--help` tells more.", 2)
        option = known[name]
        if not option.value:
            if equals:
                raise Problem("%s takes no value" % name, 2)
            values[option.key] = True
            continue
        if not equals:
            if i == len(words):
                raise Problem("%s needs a value: %s %s" % (name, name, option.value), 2)
            inline = words[i]
            i += 1
        inline = option.check(name, inline) if option.check else inline
        if option.many:
            values[option.key].append(inline)
        else:
            values[option.key] = inline
    return values, rest


def count(name, text):
    """A number of CPUs."""
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise Problem("%s: `%s` is not a number of CPUs from 1 to 64" % (name, text), 2)
    return int(text)


def positive(name, text):
    """A number of times."""
    if not text.isdigit() or not 1 <= int(text) <= 1000:
        raise Problem("%s: `%s` is not a number from 1 to 1000" % (name, text), 2)
    return int(text)


def names(name, text):
    """A list of names with commas."""
    found = [word for word in text.split(",") if word]
    if not found:
        raise Problem("%s: `%s` names nothing" % (name, text), 2)
    return found


def number(name, text):
    if not text.isdigit() or int(text) >= 1 << 31:
        raise Problem("%s: `%s` is not a number below 2^31" % (name, text), 2)
    return int(text)


def seconds(name, text):
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1e7:
        raise Problem("%s: `%s` is not a time in seconds" % (name, text), 2)
    return value


def size(name, text):
    """Bytes; plain numbers are MiB, as in QEMU."""
    units = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
    unit = units.get(text[-1:].upper())
    digits = text[:-1] if unit else text
    if not digits.isdigit() or int(digits) == 0:
        raise Problem("%s: `%s` is not a size like 64M or 1G" % (name, text), 2)
    value = int(digits) * (unit or 1 << 20)
    if not 16 << 20 <= value <= 1 << 40:
        raise Problem("%s: `%s` is too %s; 32M is the least that is supported" % (
            name, text, "small" if value < 16 << 20 else "large"), 2)
    return value
