// Streams of char, and the text of numbers in a stream's format.
#include <istream>
#include <ostream>
#include <sstream>
#include <stdio.h>
#include <stdlib.h>

namespace std
{

ios_base::~ios_base()
{
    if (!extra)
        return;
    extra->call(*this, erase_event);
    extra->destroy(extra);
}
locale ios_base::imbue(const locale &)
{
    __call(imbue_event);
    return locale();
}

template class basic_ostream<char>;
template class basic_istream<char>;
template class basic_stringbuf<char>;

// Writes backwards from `end`.
static char *decimal(char *end, unsigned long long n)
{
    for (; n > 0xffffffff; n /= 1000000000) { // nine digits at a time, in 32 bits
        unsigned part = unsigned(n % 1000000000);
        for (int i = 0; i < 9; i++, part /= 10)
            *--end = char('0' + part % 10);
    }
    unsigned rest = unsigned(n);
    do
        *--end = char('0' + rest % 10);
    while (rest /= 10);
    return end;
}

size_t __integer_text(char *to, const ios_base &b, unsigned long long n, bool negative,
                      bool is_signed, size_t *prefix)
{
    auto flags = b.flags(), field = flags & ios_base::basefield;
    unsigned base = field == ios_base::oct ? 8 : field == ios_base::hex ? 16 : 10;
    const char *alphabet = flags & ios_base::uppercase ? "0123456789ABCDEF" : "0123456789abcdef";
    char digits[__INTEGER_TEXT_MAX], *end = digits + sizeof digits, *p = end;
    unsigned long long rest = n;
    if (base == 10) {
        p = decimal(p, n);
    } else {
        do
            *--p = alphabet[rest % base];
        while (rest /= base);
    }
    size_t len = 0;
    if (negative)
        to[len++] = '-';
    else if (flags & ios_base::showpos && is_signed && base == 10)
        to[len++] = '+';
    if (flags & ios_base::showbase && n != 0 && base != 10) {
        to[len++] = '0';
        if (base == 16)
            to[len++] = flags & ios_base::uppercase ? 'X' : 'x';
    }
    *prefix = base == 8 ? 0 : len;
    while (p < end)
        to[len++] = *p++;
    return len;
}

template <class F>
static string float_text(const ios_base &b, F x, const char *length, size_t *prefix)
{
    auto flags = b.flags(), field = flags & ios_base::floatfield;
    char conversion = field == ios_base::fixed        ? 'f'
                      : field == ios_base::scientific ? 'e'
                      : field == 0                    ? 'g'
                                                      : 'a';
    if (flags & ios_base::uppercase)
        conversion = char(conversion - 32);
    string format = "%";
    if (flags & ios_base::showpos)
        format += '+';
    if (flags & ios_base::showpoint)
        format += '#';
    if (field != ios_base::floatfield)
        format += ".*";
    format += length;
    format += conversion;
    auto print = [&](char *to, size_t n) {
        return field == ios_base::floatfield
                   ? snprintf(to, n, format.c_str(), x)
                   : snprintf(to, n, format.c_str(), int(b.precision()), x);
    };
    string text(31, '\0');
    size_t n = size_t(print(text.data(), text.size() + 1));
    bool fits = n <= text.size();
    text.resize(n);
    if (!fits)
        print(text.data(), n + 1);
    *prefix = text[0] == '-' || text[0] == '+';
    return text;
}
string __float_text(const ios_base &b, double x, size_t *prefix)
{
    return float_text(b, x, "", prefix);
}
string __float_text(const ios_base &b, long double x, size_t *prefix)
{
    return float_text(b, x, "L", prefix);
}
string __pointer_text(const void *p)
{
    char text[16];
    return string(text, size_t(snprintf(text, sizeof text, "%p", p)));
}

// The whole text has to be a number; too large a one gives the largest and fails.
template <class F, class Convert>
static bool parse(const string &text, F &x, Convert convert)
{
    char *end;
    x = convert(text.c_str(), &end);
    if (text.empty() || *end) {
        x = 0;
        return false;
    }
    F largest = numeric_limits<F>::max();
    bool named = text.find_first_of("nN") != string::npos; // inf or nan itself
    if (named || (x <= largest && x >= -largest))
        return true;
    x = x > 0 ? largest : -largest;
    return false;
}
bool __parse(const string &text, float &x)
{
    return parse(text, x, strtof);
}
bool __parse(const string &text, double &x)
{
    return parse(text, x, strtod);
}
bool __parse(const string &text, long double &x)
{
    return parse(text, x, strtold);
}

} // namespace std
