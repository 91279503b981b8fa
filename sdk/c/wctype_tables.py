#!/usr/bin/env python3
"""Writes src/wctype/tables.h: what <wctype.h> and wcwidth know of Unicode, from Python's unicodedata.

usage: wctype_tables.py > src/wctype/tables.h
"""
import sys
import unicodedata

LAST = 0x10FFFF
ASSIGNED = [c for c in range(LAST + 1) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]


def category(c):
    return unicodedata.category(chr(c))


def is_alpha(c):
    return category(c)[0] == "L" or category(c) == "Nl" or (category(c) == "Nd" and c > 0x7F)


def is_combining(c):
    """Takes no column: marks, format characters (but the soft hyphen), and the vowels and finals of Hangul."""
    return category(c) in ("Mn", "Me") or (category(c) == "Cf" and c != 0xAD) or 0x1160 <= c <= 0x11FF


def is_wide(c):
    return unicodedata.east_asian_width(chr(c)) in ("W", "F") and not is_combining(c)


def ranges(test):
    """(first, last) of the runs of characters that pass."""
    found = []
    for c in ASSIGNED:
        if test(c):
            if found and found[-1][1] == c - 1:
                found[-1][1] = c
            else:
                found.append([c, c])
    return found


def mapping(convert):
    """(first, last, stride, delta): every stride-th character from first to last becomes itself + delta."""
    found = []
    for c in ASSIGNED:
        to = convert(chr(c))
        if len(to) != 1 or ord(to) == c:
            continue
        delta, last = ord(to) - c, found[-1] if found else None
        if last and last[3] == delta and c - last[1] in (1, 2) and last[2] in (0, c - last[1]):
            last[2] = c - last[1]
            last[1] = c
        else:
            found.append([c, c, 0, delta])
    return [(first, last, stride or 1, delta) for first, last, stride, delta in found]


def write(kind, name, rows):
    print("\n#ifdef TABLE_%s\nstatic const struct %s %s[] = {" % (name.upper(), kind, name))
    texts = ["{%s}," % ", ".join("0x%x" % n if n > 255 else str(n) for n in row) for row in rows]
    for i in range(0, len(texts), 4):
        print("    " + " ".join(texts[i : i + 4]))
    print("};\n#endif")


def main():
    if len(sys.argv) != 1:
        sys.exit(__doc__)
    print("/* Unicode %s. Written by sdk/c/wctype_tables.py; not to be edited. */" % unicodedata.unidata_version)
    print("// clang-format off")
    for name, test in (("alpha", is_alpha), ("combining", is_combining), ("wide", is_wide)):
        write("range", name, ranges(test))
    for name, convert in (("to_upper", str.upper), ("to_lower", str.lower)):
        write("case_run", name, mapping(convert))


main()
