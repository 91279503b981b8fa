// Floating-point numbers in a format specification.
#include "../charconv/c_library.h"
#include "padding.h"
#include <charconv>
#include <ctype.h>

namespace std
{

namespace
{

struct text_sink : sink {
    string text;

    static void append(sink *s, const char *from, size_t n)
    {
        static_cast<text_sink *>(s)->text.append(from, n);
    }
};

// printf's text of a positive number.
string print(const binary_float &v, char conversion, int precision, bool alternate)
{
    text_sink s = {};
    static_cast<sink &>(s).write = text_sink::append;
    ::spec how = {};
    how.flags = alternate ? unsigned(SPEC_ALT) : 0;
    how.precision = precision;
    how.conversion = conversion;
    ::__format_float(&s, &how, &v);
    return conversion == 'a' ? s.text.substr(2) : std::move(s.text); // without "0x"
}

template <class F>
string shortest(F x, bool alternate)
{
    enum { LONGEST = 5200 }; // long double's numbers have at most 4933 digits before the point
    char text[LONGEST];
    string s(text, to_chars(text, text + sizeof text, x).ptr);
    if (alternate && s.find('.') == string::npos) {
        size_t e = s.find('e');
        s.insert(e == string::npos ? s.size() : e, 1, '.');
    }
    return s;
}

binary_float take_apart(double x)
{
    return __float_from_double(x);
}
binary_float take_apart(long double x)
{
    return __float_from_quad(x);
}

template <class F>
void format_finite(__format_sink &to, const __format_spec &spec, F x, string_view sign)
{
    char conversion = char(tolower(spec.type));
    string text;
    if (conversion == 0 && spec.precision < 0) {
        text = shortest(x, spec.alternate);
    } else {
        int precision = spec.precision < 0 && conversion != 'a' ? 6 : spec.precision;
        text = print(take_apart(x), conversion ? conversion : 'g', precision, spec.alternate);
    }
    if (isupper(spec.type))
        for (char &c : text)
            c = char(toupper(c));
    __format_number(to, spec, sign, text);
}

template <class F>
void format_any(__format_sink &to, const __format_spec &spec, F x)
{
    char text[4];
    size_t sign = __format_sign(text, spec, __builtin_signbit(x));
    if (x - x == 0)
        return format_finite(to, spec, __builtin_signbit(x) ? -x : x, string_view(text, sign));
    __format_spec plain = spec;
    plain.zeros = false;
    bool upper = isupper(spec.type);
    const char *name = x != x ? (upper ? "NAN" : "nan") : (upper ? "INF" : "inf");
    __format_number(to, plain, string_view(text, sign), name);
}

} // namespace

void __format_float(__format_sink &to, const __format_spec &spec, float x)
{
    format_any(to, spec, x);
}
void __format_float(__format_sink &to, const __format_spec &spec, double x)
{
    format_any(to, spec, x);
}
void __format_float(__format_sink &to, const __format_spec &spec, long double x)
{
    format_any(to, spec, x);
}

} // namespace std
