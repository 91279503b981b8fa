// Floating-point numbers from text: what belongs to the number is found here, converted by the
// quick way of quick_scan.h where that is certain, by the C library otherwise.
#include "c_library.h"
#include "quick_scan.h"
#include <charconv>
#include <string.h>

namespace std
{

using namespace __charconv;

namespace
{

struct type_of_float {
    int bits, least_exponent, largest_exponent;
};

bool is_digit(char c, bool hex)
{
    return (c >= '0' && c <= '9') || (hex && (c | 32) >= 'a' && (c | 32) <= 'f');
}

// Whether the lower-case word stands at p; p goes behind it.
bool accept(const char *&p, const char *last, const char *word)
{
    const char *q = p;
    for (; *word; word++, q++)
        if (q == last || (*q | 32) != *word)
            return false;
    p = q;
    return true;
}

// "(letters, digits, _)" if it stands at p.
const char *skip_payload(const char *p, const char *last)
{
    if (p == last || *p != '(')
        return p;
    const char *q = p + 1;
    while (q != last &&
           (is_digit(*q, false) || ((*q | 32) >= 'a' && (*q | 32) <= 'z') || *q == '_'))
        q++;
    return q != last && *q == ')' ? q + 1 : p;
}

// Where the exponent that begins at p with a letter ends; p if there is none.
const char *skip_exponent(const char *p, const char *last, char letter)
{
    if (p == last || (*p | 32) != letter)
        return p;
    const char *q = p + 1;
    if (q != last && (*q == '+' || *q == '-'))
        q++;
    if (q == last || !is_digit(*q, false))
        return p;
    while (q != last && is_digit(*q, false))
        q++;
    return q;
}

// Where the number at p ends; null if there is none in that format.
const char *find_end(const char *p, const char *last, chars_format format)
{
    bool hex = format == chars_format::hex;
    bool digits = false, point = false;
    for (; p != last; p++) {
        if (*p == '.' && !point)
            point = true;
        else if (is_digit(*p, hex))
            digits = true;
        else
            break;
    }
    if (!digits)
        return nullptr;
    if (format == chars_format::fixed)
        return p;
    const char *end = skip_exponent(p, last, hex ? 'p' : 'e');
    return format == chars_format::scientific && end == p ? nullptr : end;
}

// The characters of a range behind "0x", which the C library's scanner wants to see.
struct hex_source {
    const char *prefix, *next, *last;
};
int get_hex(FILE *f)
{
    auto *s = reinterpret_cast<hex_source *>(f);
    if (*s->prefix)
        return *s->prefix++;
    return s->next == s->last ? EOF : (unsigned char)*s->next++;
}
int unget_hex(int c, FILE *f)
{
    reinterpret_cast<hex_source *>(f)->next--;
    return c;
}

binary_float convert(const char *first, const char *last, bool hex, const type_of_float &t)
{
    hex_source text = {"0x", first, last};
    char_source source = {};
    source.left = LLONG_MAX;
    if (hex) {
        source.stream = reinterpret_cast<FILE *>(&text);
        source.get = get_hex;
        source.unget = unget_hex;
    } else {
        source.string = reinterpret_cast<const unsigned char *>(first);
        source.left = last - first;
    }
    binary_float v;
    __float_scan(&source, t.bits, t.least_exponent, t.largest_exponent, &v);
    return v;
}

bool is_zero(const char *first, const char *last, bool hex)
{
    for (; first != last && (*first | 32) != (hex ? 'p' : 'e'); first++)
        if (*first != '0' && *first != '.')
            return false;
    return true;
}

// Reads into v; as from_chars.
from_chars_result scan(const char *first, const char *last, chars_format format,
                       const type_of_float &t, binary_float &v)
{
    const char *p = first;
    bool negative = p != last && *p == '-';
    p += negative;
    v = {};
    v.bits = uint8_t(t.bits);
    if (accept(p, last, "inf")) {
        accept(p, last, "inity");
        v.kind = FLOAT_INFINITE;
    } else if (accept(p, last, "nan")) {
        v.kind = FLOAT_NAN;
        p = skip_payload(p, last);
    } else {
        const char *end = find_end(p, last, format);
        if (!end)
            return {first, errc::invalid_argument};
        bool hex = format == chars_format::hex;
        if (hex || !quick_scan(p, end, t.bits, t.least_exponent, t.largest_exponent, v))
            v = convert(p, end, hex, t);
        bool zero = v.kind == FLOAT_FINITE && !(v.high | v.low);
        if (v.kind == FLOAT_INFINITE || (zero && !is_zero(p, end, hex)))
            return {end, errc::result_out_of_range};
        p = end;
    }
    v.negative = negative;
    return {p, errc()};
}

} // namespace

#define FROM_CHARS(type, limits, assemble)                                                         \
    from_chars_result from_chars(const char *first, const char *last, type &x,                     \
                                 chars_format format)                                              \
    {                                                                                              \
        binary_float v;                                                                            \
        auto result = scan(first, last, format, type_of_float{limits}, v);                         \
        if (result.ec == errc())                                                                   \
            x = assemble(&v);                                                                      \
        return result;                                                                             \
    }
FROM_CHARS(float, FLOAT_SCAN_FLOAT, __float_to_float)
FROM_CHARS(double, FLOAT_SCAN_DOUBLE, __float_to_double)
FROM_CHARS(long double, FLOAT_SCAN_QUAD, __float_to_quad)

} // namespace std
