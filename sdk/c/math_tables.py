#!/usr/bin/env python3
"""Writes the tables of src/math, src/math/*_table.h, and src/stdlib/power_table.h. Needs mpmath; run it after changing
it."""

import pathlib

from mpmath import mp, mpf

mp.prec = 400
DIRECTORY = pathlib.Path(__file__).parent / "src" / "math"


def pair(x):
    hi = float(x)
    return f"{{{hi.hex()}, {float(x - mpf(hi)).hex()}}}"


def bits(x, count):
    """x cut to so many bits."""
    mantissa, exponent = mp.frexp(x)
    return mp.ldexp(mp.floor(mp.ldexp(mantissa, count)), exponent - count)


def parts(x, counts):
    """x as a sum of numbers with so many bits each, and a rest."""
    result = []
    for count in counts:
        result.append(bits(x, count))
        x -= result[-1]
    return [float(p) for p in result + [x]]


class Table:
    def __init__(self, name, what):
        self.path = DIRECTORY / f"{name}_table.h"
        self.text = f"/* Written by math_tables.py: {what} */\n#pragma once\n\n"
        self.text += "#include \"math/double_double.h\"\n"

    def array(self, kind, name, values):
        values = list(values)
        self.text += f"\nstatic const {kind} {name}[{len(values)}] = {{\n"
        self.text += "".join(f"    {v},\n" for v in values) + "};\n"

    def doubles(self, name, values):
        self.array("double", name, (float(v).hex() for v in values))

    def pairs(self, name, values):
        self.array("dd", name, map(pair, values))

    def constant(self, name, value):
        self.text += f"\nstatic const dd {name} = {pair(value)};\n"

    def write(self):
        self.path.write_text(self.text)


def exponential():
    t = Table("exp", "powers of two, ln 2 / 128 in pieces.")
    t.pairs("powers", (mp.power(2, mpf(i) / 128) for i in range(128)))
    t.doubles("step", parts(mp.log(2) / 128, [32, 32]))
    t.write()


def logarithm():
    t = Table("log", "rounded reciprocals c of i/128, i from 90, and -log c.")
    reciprocals = [mp.nint(mpf(128) / i * 512) / 512 for i in range(90, 183)]
    t.doubles("reciprocals", reciprocals)
    t.pairs("logarithms", (-mp.log(r) for r in reciprocals))
    t.doubles("ln2", parts(mp.log(2), [40]))
    t.constant("third", mpf(1) / 3)
    t.write()


def trigonometry():
    t = Table("trig", "pi/2 in pieces, the bits of 2/pi after 64 zeros, and Taylor series.")
    t.doubles("half_pi", parts(mp.pi / 2, [33, 33, 33]))
    t.constant("half_pi_pair", mp.pi / 2)
    t.constant("pi_pair", mp.pi)
    mp.prec = 1600
    words = int(mp.floor(mp.ldexp(2 / mp.pi, 64 * 21)))
    mp.prec = 400
    t.array("uint64_t", "two_over_pi",
            [0] + [f"{words >> 64 * (20 - i) & (1 << 64) - 1:#018x}" for i in range(21)])
    t.doubles("sine", ((-1) ** k / mp.factorial(2 * k + 1) for k in range(2, 10)))
    t.doubles("cosine", ((-1) ** k / mp.factorial(2 * k) for k in range(2, 11)))
    t.constant("sixth", mpf(1) / 6)
    t.write()


def quad_two_over_pi():
    """Enough bits of 2/pi for the largest binary128, behind zeros for the smallest that need them."""
    zeros, words = 128, 265
    mp.prec = 64 * words + 64
    bits = int(mp.floor(mp.ldexp(2 / mp.pi, 64 * words - zeros)))
    mp.prec = 400
    text = "/* Written by math_tables.py: the bits of 2/pi. */\n#pragma once\n\n#include <stdint.h>\n\n"
    text += f"enum {{ TWO_OVER_PI_ZEROS = {zeros} }};\n\nstatic const uint64_t quad_two_over_pi[{words}] = {{\n"
    rows = [f"{bits >> 64 * (words - 1 - i) & (1 << 64) - 1:#018x}" for i in range(words)]
    text += "".join("    " + ", ".join(rows[i:i + 4]) + ",\n" for i in range(0, words, 4)) + "};\n"
    (DIRECTORY / "quad" / "two_over_pi.h").write_text(text)


def powers_of_ten():
    """5^(26 i) cut to 192 bits, and small powers of 5."""
    step, least, largest = 26, -14, 13
    rows = []
    for i in range(least, largest + 1):
        power = 5 ** (step * abs(i))
        n = power << 192 if i >= 0 else (1 << power.bit_length() + 192) // power
        n >>= n.bit_length() - 192
        rows.append("    {" + ", ".join(f"{n >> shift & (1 << 64) - 1:#018x}" for shift in (128, 64, 0)) + "},\n")
    text = "/* Written by math_tables.py: powers of 5, which those of 10 are made of. */\n#pragma once\n\n#include <stdint.h>\n\n"
    text += f"enum {{ POWER_STEP = {step}, POWER_INDEX_LEAST = {least} }};\n\n"
    text += f"static const uint64_t power_large[{len(rows)}][3] = {{\n" + "".join(rows) + "};\n\n"
    text += f"static const uint64_t power_small[{step}] = {{\n"
    text += "".join(f"    {5 ** j},\n" for j in range(step)) + "};\n"
    (DIRECTORY.parent / "stdlib" / "power_table.h").write_text(text)


def arc():
    t = Table("atan", "arc tangents of i/64.")
    t.pairs("angles", (mp.atan(mpf(i) / 64) for i in range(65)))
    t.constant("half_pi_pair", mp.pi / 2)
    t.write()


def interpolate(f, low, high, degree):
    """Coefficients in x - (low+high)/2 of the polynomial that meets f at the Chebyshev nodes."""
    middle, half = (low + high) / 2, (high - low) / 2
    nodes = [half * mp.cos(mp.pi * (2 * i + 1) / (2 * degree + 2)) for i in range(degree + 1)]
    differences = [f(middle + x) for x in nodes]
    for level in range(1, degree + 1):
        for i in range(degree, level - 1, -1):
            differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - level])
    result = [mpf(0)]
    for d, x in zip(reversed(differences), reversed(nodes)):
        shifted = [mpf(0)] + result
        result = [s - x * r for s, r in zip(shifted, result + [mpf(0)])]
        result[0] += d
    return result[:degree + 1]


def error_function():
    t = Table("erf", "erf(x)/x in x^2; erfc(x) e^(x^2) in eighths of octaves.")
    series = [2 / mp.sqrt(mp.pi) * (-1) ** k / (mp.factorial(k) * (2 * k + 1)) for k in range(15)]
    t.constant("erf_first", series[0])
    t.constant("erf_second", series[1])
    t.doubles("erf_series", series[2:])
    rows = []
    for octave in range(-1, 5):
        for eighth in range(8):
            low = mp.ldexp(mpf(8 + eighth) / 8, octave)
            c = interpolate(lambda x: mp.erfc(x) * mp.exp(x * x), low, low + mp.ldexp(1, octave - 3), 13)
            hi = float(c[0])
            numbers = [hi, float(c[0] - mpf(hi))] + [float(x) for x in c[1:]]
            lines = [", ".join(x.hex() for x in numbers[i:i + 3]) for i in range(0, 15, 3)]
            rows.append("{" + ",\n     ".join(lines) + "}")
    t.text += f"\nenum {{ ERFC_ROW = 15 }};\n\nstatic const double erfc_rows[{len(rows)}][ERFC_ROW] = {{\n"
    t.text += "".join(f"    {r},\n" for r in rows) + "};\n"
    t.write()


def gamma():
    t = Table("gamma", "Stirling's series without its first term, log-gamma around 1 and 2.")
    t.doubles("stirling", (mp.bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(2, 12)))
    t.constant("half_log_2pi", mp.log(2 * mp.pi) / 2)
    t.constant("twelfth", mpf(1) / 12)
    t.pairs("around_1", [-mp.euler] + [(-1) ** k * mp.zeta(k) / k for k in range(2, 20)])
    t.pairs("around_2", [1 - mp.euler] + [(-1) ** k * (mp.zeta(k) - 1) / k for k in range(2, 20)])
    t.write()



TEST = pathlib.Path(__file__).parents[2] / "tests" / "sdk" / "math_accuracy.h"
ROWS = 16
TESTS = [  # name, function, ranges
    ("sin", mp.sin, [(-10, 10), (1e5, 1e7), (1e20, 1e300)]),
    ("cos", mp.cos, [(-10, 10), (1e5, 1e7), (1e20, 1e300)]),
    ("tan", mp.tan, [(-10, 10), (1e5, 1e7), (1e20, 1e300)]),
    ("asin", mp.asin, [(-1, 1), (0, 1e-5)]),
    ("acos", mp.acos, [(-1, 1), (0, 1e-5)]),
    ("atan", mp.atan, [(-3, 3), (0, 1e-5), (1e3, 1e9)]),
    ("sinh", mp.sinh, [(-3, 3), (0, 1e-5), (-700, 700)]),
    ("cosh", mp.cosh, [(-3, 3), (0, 1e-5), (-700, 700)]),
    ("tanh", mp.tanh, [(-3, 3), (0, 1e-5), (-20, 20)]),
    ("asinh", mp.asinh, [(-3, 3), (0, 1e-5), (1e3, 1e300)]),
    ("acosh", mp.acosh, [(1, 1.01), (1, 5), (1e3, 1e300)]),
    ("atanh", mp.atanh, [(-1, 1), (0, 1e-5)]),
    ("exp", mp.exp, [(-2, 2), (-700, 709), (-744, -709)]),
    ("exp2", lambda x: mp.power(2, x), [(-2, 2), (-1000, 1000)]),
    ("expm1", mp.expm1, [(-2, 2), (0, 1e-5), (-30, 700)]),
    ("log", mp.log, [(0, 2), (0.99, 1.01), (1e9, 1e300)]),
    ("log2", lambda x: mp.log(x) / mp.log(2), [(0, 2), (0.99, 1.01), (1e9, 1e300)]),
    ("log10", mp.log10, [(0, 2), (0.99, 1.01), (1e9, 1e300)]),
    ("log1p", mp.log1p, [(-1, 2), (0, 1e-5), (1e9, 1e300)]),
    ("cbrt", mp.cbrt, [(0, 10), (1e9, 1e300)]),
    ("erf", mp.erf, [(-3, 3), (0, 1e-5)]),
    ("erfc", mp.erfc, [(-3, 3), (3, 26)]),
    ("lgamma", mp.loggamma, [(0, 3), (3, 30), (30, 1e30)]),
    ("tgamma", mp.gamma, [(0, 3), (3, 171), (-10, 0)]),
]


def test_values():
    """Arguments, the doubles nearest the results and what these lack, in units in the last place."""
    import math
    import random

    random.seed(1)
    text = "/* Written by math_tables.py: x, f(x), what f(x) lacks in units in the last place. */\n"
    for name, f, ranges in TESTS:
        text += f"FUNCTION({name})\n"
        for i in range(ROWS):
            low, high = ranges[i % len(ranges)]
            x = random.uniform(low, high)
            if low > 100:
                x = math.exp(random.uniform(math.log(low), math.log(high)))
            exact = f(mpf(x))
            y = float(exact)
            rest = float((exact - mpf(y)) / mpf(math.ulp(y)))
            text += f"ROW({x.hex()}, {y.hex()}, {rest:.3f})\n"
        text += "END\n"
    TEST.write_text(text)


for write in (exponential, logarithm, trigonometry, quad_two_over_pi, powers_of_ten, arc, error_function, gamma, test_values):
    write()
