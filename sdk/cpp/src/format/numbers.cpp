// Integers, characters, bool and pointers in a format specification.
#include <charconv>
#include <ctype.h>
#include <limits.h>
#include "padding.h"

namespace std
{

static unsigned base_of(char type)
{
    switch (type) {
    case 'b':
    case 'B':
        return 2;
    case 'o':
        return 8;
    case 'x':
    case 'X':
    case 'P':
        return 16;
    }
    return 10;
}

template <class U>
static void format_integer(__format_sink &to, const __format_spec &spec, U magnitude, bool negative)
{
    if (spec.type == 'c') {
        if (magnitude > UCHAR_MAX || (negative ? magnitude > 128 : magnitude > CHAR_MAX))
            __throw_format_error("an integer is no character");
        char c = char(negative ? -int(magnitude) : int(magnitude));
        return __format_padded(to, spec, string_view(&c, 1), 1, '<');
    }
    char digits[sizeof(U) * 8], prefix[4];
    unsigned base = base_of(spec.type);
    size_t n = size_t(to_chars(digits, digits + sizeof digits, magnitude, int(base)).ptr - digits);
    size_t prefix_len = __format_sign(prefix, spec, negative);
    if (spec.alternate && base != 10 && (base != 8 || magnitude != 0)) {
        prefix[prefix_len++] = '0';
        if (base != 8)
            prefix[prefix_len++] = spec.type;
    }
    if (spec.type == 'X' || spec.type == 'P')
        for (size_t i = 0; i < n; i++)
            digits[i] = char(toupper(digits[i]));
    __format_number(to, spec, string_view(prefix, prefix_len), string_view(digits, n));
}

void __format_integer(__format_sink &to, const __format_spec &spec, unsigned long long magnitude,
                      bool negative)
{
    format_integer(to, spec, magnitude, negative);
}
void __format_integer(__format_sink &to, const __format_spec &spec, unsigned __int128 magnitude,
                      bool negative)
{
    format_integer(to, spec, magnitude, negative);
}

void __format_character(__format_sink &to, const __format_spec &spec, char c)
{
    if (spec.type == 0 || spec.type == 'c')
        __format_padded(to, spec, string_view(&c, 1), 1, '<');
    else
        __format_integer(to, spec, (unsigned long long)static_cast<unsigned char>(c), false);
}

void __format_bool(__format_sink &to, const __format_spec &spec, bool b)
{
    if (spec.type == 0 || spec.type == 's')
        __format_text(to, spec, b ? "true" : "false");
    else
        __format_integer(to, spec, (unsigned long long)b, false);
}

void __format_pointer(__format_sink &to, const __format_spec &spec, const void *p)
{
    __format_spec hex = spec;
    hex.type = spec.type == 'P' ? 'X' : 'x';
    hex.alternate = true;
    __format_integer(to, hex, (unsigned long long)reinterpret_cast<uintptr_t>(p), false);
}

} // namespace std
