// Strings: width and precision count columns.
#include "padding.h"

namespace std
{

namespace
{

struct range {
    char32_t first, last;
};

// [format.string.std]: two columns.
constexpr range wide[] = {
    {0x1100, 0x115f}, {0x2329, 0x232a},   {0x2e80, 0x303e},   {0x3040, 0xa4cf},
    {0xac00, 0xd7a3}, {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
    {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
};
// What belongs to the character before: combining marks, variation selectors, joiners, skin tones.
constexpr range extending[] = {
    {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x610, 0x61a},
    {0x64b, 0x65f},   {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200c, 0x200d},
    {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0x1f3fb, 0x1f3ff},
};

template <size_t n>
bool among(const range (&ranges)[n], char32_t c)
{
    for (const range &r : ranges)
        if (c >= r.first && c <= r.last)
            return true;
    return false;
}

// The code point at p, and behind it; bytes that are no UTF-8 are one character each.
char32_t next_code_point(const char *&p, const char *last)
{
    int n = __utf8_length(*p);
    auto lead = static_cast<unsigned char>(*p);
    if (n == 1 || last - p < n) {
        p++;
        return lead < 0x80 ? lead : 0xfffd;
    }
    char32_t c = lead & (0x7f >> n);
    for (int i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80) {
            p++;
            return 0xfffd;
        }
        c = c << 6 | (p[i] & 0x3f);
    }
    p += n;
    return c;
}

// How many bytes of s fit into `limit` columns; the columns they take.
size_t take_columns(string_view s, size_t limit, size_t &columns)
{
    columns = 0;
    const char *p = s.data(), *last = p + s.size();
    bool joined = false; // behind a zero width joiner
    while (p != last) {
        const char *next = p;
        char32_t c = next_code_point(next, last);
        size_t width = c < 0x300 ? 1 : joined || among(extending, c) ? 0 : among(wide, c) ? 2 : 1;
        if (columns + width > limit)
            break;
        joined = c == 0x200d;
        columns += width;
        p = next;
    }
    return size_t(p - s.data());
}

} // namespace

void __format_text(__format_sink &to, const __format_spec &spec, string_view s)
{
    size_t columns = 0;
    if (spec.precision >= 0)
        s = s.substr(0, take_columns(s, size_t(spec.precision), columns));
    else if (spec.width > 0)
        take_columns(s, size_t(-1), columns);
    __format_padded(to, spec, s, columns, '<');
}

} // namespace std
