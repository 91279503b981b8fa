"""The application json against Python's module of that name, and with texts that are not JSON."""

import json
import random
import re

from foreman.testing import Failed, Suite

SUITE = Suite("json, the application: random and hostile texts", parts=("host", "image"))
DOCUMENTS = 3000
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[^\s"]')
LONE = re.compile("[\ud800-\udfff]")

# lines that are no JSON, in which column and why
WRONG = (
    (b"[1,]", "4: expected a value, found `]`"),
    (b"[1 2]", "4: expected `,` or `]`, found `2`"),
    (b'{"a":1,}', "8: expected a key in quotes, found `}`"),
    (b'{"a" 1}', "6: expected `:`, found `1`"),
    (b"{1:2}", "2: expected a key in quotes, found `1`"),
    (b"1 2", "3: expected the end of the text, found `2`"),
    (b"[1}", "3: expected `,` or `]`, found `}`"),
    (b"nul", "1: expected a value, found `n`"),
    (b"NaN", "1: expected a value, found `N`"),
    (b"+1", "1: expected a value, found `+`"),
    (b"-", "2: expected a digit after the minus, found the end of the text"),
    (b"-01", "3: a number has no zeros in front"),
    (b"1.", "3: expected a digit after the point, found the end of the text"),
    (b".5", "1: expected a value, found `.`"),
    (b"1e+", "4: expected a digit in the exponent, found the end of the text"),
    (b"'a'", "1: expected a value, found `'`"),
    (b'"abc', "5: the string does not end"),
    (b'"a\tb"', "3: a control character in a string has to be written as an escape"),
    (b'"\\x"', "3: no such escape"),
    (b'"\\', "3: no such escape"),
    (b'"\\u12g4"', "6: expected four hexadecimal digits after \\u, found `g`"),
    (b'"\\ud800"', "2: half of a surrogate pair"),
    (b'"\\udc00"', "2: half of a surrogate pair"),
    (b'"\\ud800\\ud800"', "2: half of a surrogate pair"),
    (b'"\\ud800\\n"', "2: half of a surrogate pair"),
    (b'"\xc3\xa4\xff"', "3: these bytes are not UTF-8"),
    (b'"\xc0\x80"', "2: these bytes are not UTF-8"),
    (b'"\xe0\x80\x80"', "2: these bytes are not UTF-8"),
    (b'"\xed\xa0\x80"', "2: these bytes are not UTF-8"),
    (b'"\xf4\x90\x80\x80"', "2: these bytes are not UTF-8"),
    (b'"\xe2\x82', "2: these bytes are not UTF-8"),
    (b"\xff", "1: expected a value, found the byte 0xff"),
    (b"[\x00]", "2: expected a value, found the byte 0x00"),
    (b"\xef\xbb\xbf\xef\xbb\xbf1", "2: expected a value, found `\xef\xbb\xbf`".encode("latin-1").decode()),
)


def text_of(rng, depth):
    """A random document in one line."""
    space = rng.choice(("", "", "", " ", "  ", "\t"))
    kind = rng.randrange(10 if depth < 4 else 6)
    if kind == 0:
        return space + rng.choice(("true", "false", "null"))
    if kind < 4:
        number = rng.choice(("", "-")) + rng.choice(("0", str(rng.randrange(1, 10 ** rng.randrange(1, 30)))))
        number += rng.choice(("", "", ".%d" % rng.randrange(1000)))
        return space + number + rng.choice(("", "", "e%d" % rng.randrange(500), "E-%02d" % rng.randrange(50))) + space
    if kind < 6:
        return space + string_of(rng)
    items = [text_of(rng, depth + 1) for _ in range(rng.randrange(5))]
    if kind < 8:
        return "%s[%s%s]" % (space, space, ",".join(items))
    return "%s{%s%s}" % (space, space, ",".join("%s%s:%s" % (string_of(rng), space, item) for item in items))


def string_of(rng):
    parts = ["a", "é", "€", "😀", "\\n", "\\\\", '\\"', "\\/", "\\u0041", "\\uFFFF", "\\ud83d\\ude00", "\x7f", " "]
    return '"%s"' % "".join(rng.choice(parts) for _ in range(rng.randrange(6)))


def changed(rng, data):
    """Some bytes of it are others, or missing."""
    data = bytearray(data)
    for _ in range(rng.randrange(1, 3)):
        at = rng.randrange(len(data))
        choice = rng.randrange(3)
        if choice == 0 and len(data) > 1:
            del data[at]
        elif choice == 1:
            data[at] = rng.choice(b'[]{},:"\\0123eE+-.tfn u\x01\x80\xe2\xff')
        else:
            data.insert(at, rng.choice(b'[]{},:"\\0 \xc3'))
    return bytes(data)


def refuse(_):
    raise ValueError


def is_json(data):
    """What Python says, made as strict as the standard."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, parse_constant=refuse, parse_int=str, parse_float=str, object_pairs_hook=list)
    except ValueError:
        return False
    return not LONE.search(json.dumps(value, ensure_ascii=False))


@SUITE.test(limit_s=120)
def random_documents(t):
    """Valid ones come out without spaces and otherwise the same, others are reported with their line."""
    rng = random.Random(8259)
    lines = [text_of(rng, 0).encode() for _ in range(DOCUMENTS)]
    lines += [changed(rng, line) for line in lines]
    lines = [line for line in lines if line.strip(b" \t\r") and not line.startswith(b"\xef\xbb\xbf")]
    valid = [is_json(line) for line in lines]
    if not DOCUMENTS < sum(valid) < len(lines) - DOCUMENTS // 4:
        raise Failed("%d of %d documents are valid" % (sum(valid), len(lines)))
    result = t.exec("host", "--timeout", "100", "json", "-l", "-c", stdin=b"\n".join(lines)).expect(1)
    wanted = ["".join(TOKEN.findall(line.decode())) for line, ok in zip(lines, valid) if ok]
    got = result.out.decode().split("\n")[:-1]
    for a, b in zip(wanted, got):
        if a != b:
            raise Failed("%r is wanted, %r came" % (a, b))
    reported = [int(n) for n in re.findall(rb"^json: -:(\d+):\d+: ", result.err, re.M)]
    refused = [number for number, ok in enumerate(valid, 1) if not ok]
    if reported != refused or len(wanted) != len(got):
        odd = sorted(set(reported) ^ set(refused))[:5]
        raise Failed("json and Python differ: %r" % [lines[n - 1] for n in odd])


@SUITE.test()
def wrong_documents(t):
    wanted = "".join("json: -:%d:%s\n" % (n, message) for n, (_, message) in enumerate(WRONG, 1))
    t.exec("host", "json", "-l", stdin=b"\n".join(data for data, _ in WRONG)).expect(1, "", wanted)
    t.exec("host", "json", stdin=b"\n ").expect(1, "", "json: -:2:2: expected a value, found the end of the text\n")


@SUITE.test(limit_s=120)
def deep_documents(t):
    depth = 1000000
    data = b"[" * depth + b"]" * depth
    t.exec("host", "--timeout", "60", "json", "-c", stdin=data).expect(0, data + b"\n", "")
    result = t.exec("host", "--timeout", "60", "json", "-c", stdin=b'{"a":' * depth)
    result.expect(1, "", "json: -:1:%d: expected a value, found the end of the text\n" % (5 * depth + 1))
