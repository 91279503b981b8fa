#include "quick_scan.h"

namespace std::__charconv
{

enum { DIGITS_MAX = 19, EXPONENT_MAX = 100000 };

static scanned_decimal read(const char *p, const char *last)
{
    scanned_decimal t = {};
    int count = 0;
    bool point = false;
    for (; p != last && (*p | 32) != 'e'; p++) {
        if (*p == '.') {
            point = true;
        } else if (count < DIGITS_MAX) {
            t.digits = t.digits * 10 + unsigned(*p - '0');
            count += t.digits != 0;
            t.exponent -= point;
        } else {
            t.cut |= *p != '0';
            t.exponent += !point;
        }
    }
    if (p == last)
        return t;
    bool negative = *++p == '-';
    p += *p == '-' || *p == '+';
    int e = 0;
    for (; p != last; p++)
        if (e < EXPONENT_MAX)
            e = e * 10 + (*p - '0');
    t.exponent += negative ? -e : e;
    return t;
}

bool quick_scan(const char *first, const char *last, int bits, int least_exponent,
                int largest_exponent, binary_float &v)
{
    scanned_decimal t = read(first, last);
    return t.digits == 0 || __float_quick(&t, bits, least_exponent, largest_exponent, &v);
}

} // namespace std::__charconv
