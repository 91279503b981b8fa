// Integers to and from text.
#include <charconv>
#include <string.h>

namespace std
{

static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyz";

enum { DIGITS_MAX = 128 };

// Writes backwards from `end`; where the text begins. The divisions by constants are
// multiplications.
template <unsigned base, class U>
static char *write_digits(char *end, U n)
{
    do
        *--end = alphabet[n % base];
    while (n /= base);
    return end;
}
template <class U>
static char *write_decimal(char *end, U n)
{
    for (; n > 0xffffffff; n /= 1000000000) { // nine digits at a time in 32 bits
        unsigned part = unsigned(n % 1000000000);
        for (int i = 0; i < 9; i++, part /= 10)
            *--end = char('0' + part % 10);
    }
    return write_digits<10>(end, unsigned(n));
}
template <class U>
static char *write_in_base(char *end, U n, unsigned base)
{
    switch (base) {
    case 2:
        return write_digits<2>(end, n);
    case 8:
        return write_digits<8>(end, n);
    case 10:
        return write_decimal(end, n);
    case 16:
        return write_digits<16>(end, n);
    }
    do
        *--end = alphabet[n % base];
    while (n /= base);
    return end;
}

template <class U>
static to_chars_result write(char *first, char *last, U n, unsigned base)
{
    char text[DIGITS_MAX], *end = text + sizeof text;
    char *from = write_in_base(end, n, base);
    if (end - from > last - first)
        return {last, errc::value_too_large};
    memcpy(first, from, size_t(end - from));
    return {first + (end - from), errc()};
}

to_chars_result __to_chars(char *first, char *last, unsigned n, unsigned base)
{
    return write(first, last, n, base);
}
to_chars_result __to_chars(char *first, char *last, unsigned long long n, unsigned base)
{
    return write(first, last, n, base);
}

to_chars_result __to_chars(char *first, char *last, unsigned __int128 n, unsigned base)
{
    return write(first, last, n, base);
}

static unsigned digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return unsigned(c - '0');
    c |= 32;
    return c >= 'a' && c <= 'z' ? unsigned(c - 'a' + 10) : ~0u;
}

template <class U>
static from_chars_result read(const char *first, const char *last, U &n, unsigned base)
{
    const char *p = first;
    U value = 0;
    bool overflow = false;
    for (; p != last; p++) {
        unsigned d = digit_value(*p);
        if (d >= base)
            break;
        if (value < U(1) << (sizeof(U) * 8 - 6)) // another digit fits, whatever the base
            value = value * base + d;
        else
            overflow |= __builtin_mul_overflow(value, U(base), &value) ||
                        __builtin_add_overflow(value, U(d), &value);
    }
    n = overflow ? ~U(0) : value;
    if (p == first)
        return {first, errc::invalid_argument};
    return {p, overflow ? errc::result_out_of_range : errc()};
}
from_chars_result __from_chars(const char *first, const char *last, unsigned long long &n,
                               unsigned base)
{
    return read(first, last, n, base);
}
from_chars_result __from_chars(const char *first, const char *last, unsigned __int128 &n,
                               unsigned base)
{
    return read(first, last, n, base);
}

} // namespace std
