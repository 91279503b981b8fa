// Floating-point numbers to text.
#include "c_library.h"
#include "shortest.h"
#include <charconv>
#include <stdlib.h>
#include <string.h>

namespace std
{

using namespace __charconv;

namespace
{

// Text for which there may be too little room: nothing is written then.
struct output {
    char *next, *last;
    bool full = false;

    // Room for n more characters?
    bool take(size_t n)
    {
        full = full || n > size_t(last - next);
        return !full;
    }
    void put(const char *s, size_t n)
    {
        if (take(n))
            next = static_cast<char *>(mempcpy(next, s, n));
    }
    void put(char c) { put(&c, 1); }
    void fill(char c, size_t n)
    {
        if (!take(n))
            return;
        memset(next, c, n);
        next += n;
    }
    to_chars_result result() const
    {
        return full ? to_chars_result{last, errc::value_too_large} : to_chars_result{next, errc()};
    }
};

// printf's text of a positive number, without its first `skip` characters.
struct printed : sink {
    output *to;
    size_t skip;

    static void append(sink *s, const char *from, size_t n)
    {
        printed *p = static_cast<printed *>(s);
        size_t drop = n < p->skip ? n : p->skip;
        p->skip -= drop;
        p->to->put(from + drop, n - drop);
    }
};

void print(output &to, const binary_float &v, char conversion, int precision)
{
    printed s = {};
    s.write = printed::append;
    s.to = &to;
    s.skip = conversion == 'a' ? 2 : 0; // "0x"
    spec how = {};
    how.precision = precision;
    how.conversion = conversion;
    __format_float(&s, &how, &v);
}

binary_float take_apart(double x)
{
    return __float_from_double(x);
}
binary_float take_apart(long double x)
{
    return __float_from_quad(x);
}

// Digits with the exponent of the first one: what both notations are made of.
struct digits {
    char text[40];
    int count, exponent;
};

void put_exponent(output &to, int e)
{
    to.put('e');
    to.put(e < 0 ? '-' : '+');
    char text[8], *end = text + sizeof text, *p = end;
    for (unsigned n = unsigned(abs(e)); n > 0 || end - p < 2; n /= 10)
        *--p = char('0' + n % 10);
    to.put(p, size_t(end - p));
}
void put_scientific(output &to, const digits &d)
{
    to.put(d.text[0]);
    if (d.count > 1) {
        to.put('.');
        to.put(d.text + 1, size_t(d.count - 1));
    }
    put_exponent(to, d.exponent);
}
// Where digits would have to be made up before the point, the number's own are as short and nearer.
void put_fixed(output &to, const digits &d, const binary_float &v)
{
    if (d.exponent >= d.count) {
        print(to, v, 'f', 0);
    } else if (d.exponent < 0) {
        to.put("0.", 2);
        to.fill('0', size_t(-d.exponent - 1));
        to.put(d.text, size_t(d.count));
    } else {
        size_t whole = size_t(d.exponent) + 1, fraction = size_t(d.count) - whole;
        to.put(d.text, whole);
        if (fraction > 0)
            to.put('.');
        to.put(d.text + whole, fraction);
    }
}

bool fixed_is_shorter(const digits &d)
{
    int e = d.exponent, n = d.count;
    int fixed = e < 0 ? 1 - e + n : e >= n - 1 ? e + 1 : n + 1;
    int scientific = n + (n > 1) + (abs(e) < 100 ? 4 : abs(e) < 1000 ? 5 : 6);
    return fixed <= scientific;
}

digits shortest_digits(const binary_float &v, int least_exponent)
{
    uint64_t hidden = 1ull << (v.bits - 1);
    auto n = shortest(v.low, v.exponent, v.low == hidden && v.exponent > least_exponent);
    digits d;
    char *end = to_chars(d.text, d.text + sizeof d.text, n.digits).ptr;
    d.count = int(end - d.text);
    d.exponent = n.exponent + d.count - 1;
    return d;
}
digits shortest_digits(float x)
{
    binary_float v = take_apart(x);
    int drop = v.exponent < -149 - 29 ? -149 - v.exponent : 29; // float has no more bits: exact
    v.low >>= drop;
    v.exponent += drop;
    v.bits = 24;
    return shortest_digits(v, -149);
}
digits shortest_digits(double x)
{
    return shortest_digits(take_apart(x), -1074);
}
// The correctly rounded text with the fewest digits that reads as x again.
digits shortest_digits(long double x)
{
    binary_float v = take_apart(x);
    int enough = 35, few = 0; // 36 digits always suffice
    auto text = [&](char *to, int behind_point) {
        output o = {to, to + 63};
        print(o, v, 'e', behind_point);
        *o.next = '\0';
    };
    char s[64];
    while (few < enough) {
        int n = (few + enough) / 2;
        text(s, n);
        if (strtold(s, nullptr) == x)
            enough = n;
        else
            few = n + 1;
    }
    text(s, enough);
    digits d;
    d.exponent = int(strtol(strchr(s, 'e') + 1, nullptr, 10));
    d.count = 0;
    for (const char *p = s; *p != 'e'; p++)
        if (*p != '.')
            d.text[d.count++] = *p;
    while (d.count > 1 && d.text[d.count - 1] == '0')
        d.count--;
    return d;
}

// Sign and what is no number; whether the magnitude is still to be written.
bool put_sign(output &to, const binary_float &v)
{
    if (v.negative)
        to.put('-');
    if (v.kind != FLOAT_FINITE)
        to.put(v.kind == FLOAT_NAN ? "nan" : "inf", 3);
    return v.kind == FLOAT_FINITE;
}

template <class F>
to_chars_result write_shortest(char *first, char *last, F x, chars_format format)
{
    binary_float v = take_apart(x);
    output to = {first, last};
    if (!put_sign(to, v))
        return to.result();
    v.negative = false;
    if (format == chars_format::hex) {
        print(to, v, 'a', -1);
        return to.result();
    }
    digits d = {"0", 1, 0};
    if (v.high | v.low)
        d = shortest_digits(x < 0 ? -x : x);
    bool fixed = format == chars_format::fixed ||
                 (format == chars_format() && fixed_is_shorter(d)) ||
                 (format == chars_format::general && d.exponent >= -4 && d.exponent < 6);
    if (fixed)
        put_fixed(to, d, v);
    else
        put_scientific(to, d);
    return to.result();
}

template <class F>
to_chars_result write_precise(char *first, char *last, F x, chars_format format, int precision)
{
    binary_float v = take_apart(x);
    output to = {first, last};
    if (!put_sign(to, v))
        return to.result();
    v.negative = false;
    char conversion = format == chars_format::hex          ? 'a'
                      : format == chars_format::fixed      ? 'f'
                      : format == chars_format::scientific ? 'e'
                                                           : 'g';
    print(to, v, conversion, precision);
    return to.result();
}

} // namespace

#define TO_CHARS(type, wide)                                                                       \
    to_chars_result to_chars(char *first, char *last, type x)                                      \
    {                                                                                              \
        return write_shortest(first, last, x, chars_format());                                     \
    }                                                                                              \
    to_chars_result to_chars(char *first, char *last, type x, chars_format format)                 \
    {                                                                                              \
        return write_shortest(first, last, x, format);                                             \
    }                                                                                              \
    to_chars_result to_chars(char *first, char *last, type x, chars_format format, int precision)  \
    {                                                                                              \
        return write_precise<wide>(first, last, x, format, precision);                             \
    }
TO_CHARS(float, double)
TO_CHARS(double, double)
TO_CHARS(long double, long double)

} // namespace std
