// Random doubles and floats: the shortest text reads as the same number, no text with one digit
// less does, and of texts with as many digits none is nearer.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

static std::uint64_t state = 88172645463325252u;
static int failures = 0;

static std::uint64_t next()
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state * 0x2545f4914f6cdd1du;
}

static void fail(const char *what, double x)
{
    if (failures++ < 20)
        std::printf("%s: %a\n", what, x);
}

// Significant digits of a text in scientific notation.
static int digits(const char *first, const char *last)
{
    int n = 0;
    for (; first != last && *first != 'e'; first++)
        n += *first >= '0' && *first <= '9';
    return n;
}

template <class F>
static bool reads_as(const char *first, const char *last, F x)
{
    F y = 0;
    auto r = std::from_chars(first, last, y);
    return r.ec == std::errc() && r.ptr == last && y == x;
}

// `thorough`: against the exact conversions too, which take longer.
template <class F>
static void check(F x, bool thorough)
{
    char text[40],
        *end = std::to_chars(text, text + sizeof text, x, std::chars_format::scientific).ptr;
    if (!reads_as(text, end, x))
        fail("does not come back", x);
    char plain[40], *plain_end = std::to_chars(plain, plain + sizeof plain, x).ptr;
    if (plain_end - plain > end - text || !reads_as(plain, plain_end, x))
        fail("the plain text is no better", x);
    if (!thorough)
        return;
    *end = '\0';
    if (F(std::strtod(text, nullptr)) != x && sizeof(F) == 8)
        fail("strtod disagrees", x);
    int n = digits(text, end);
    char exact[64], *e;
    if (n > 1) {
        e = std::to_chars(exact, exact + sizeof exact, x, std::chars_format::scientific, n - 2).ptr;
        if (reads_as(exact, e, x))
            fail("shorter is possible", x);
    }
    e = std::to_chars(exact, exact + sizeof exact, x, std::chars_format::scientific, n - 1).ptr;
    if ((e - exact != end - text || std::memcmp(exact, text, std::size_t(e - exact)) != 0) &&
        reads_as(exact, e, x))
        fail("another text is nearer", x);
}

static double as_double(std::uint64_t bits)
{
    double x;
    std::memcpy(&x, &bits, 8);
    return x;
}
static float as_float(std::uint32_t bits)
{
    float x;
    std::memcpy(&x, &bits, 4);
    return x;
}

int main()
{
    for (int i = 0; i < 1000000; i++) {
        double x = as_double(next() >> 1);
        if (x - x == 0)
            check(x, i % 50 == 0);
    }
    for (int i = 0; i < 200000; i++) {
        float x = as_float(std::uint32_t(next() >> 33));
        if (x - x == 0)
            check(x, i % 50 == 0);
    }
    // powers of two, where the interval is lopsided, and their neighbours
    for (std::uint64_t e = 0; e < 2047; e++)
        for (int i = -2; i <= 2; i++)
            if (e > 0 || i > 0)
                check(as_double((e << 52) + std::uint64_t(i)), true);
    for (std::uint32_t e = 0; e < 255; e++)
        for (int i = -2; i <= 2; i++)
            if (e > 0 || i > 0)
                check(as_float((e << 23) + std::uint32_t(i)), true);
    // texts of up to 19 digits, against strtod
    for (int i = 0; i < 20000; i++) {
        char text[64];
        int n = std::snprintf(text, sizeof text, "%llue%d",
                              (unsigned long long)next() >> next() % 60, int(next() % 660) - 350);
        double quick = 0, exact = std::strtod(text, nullptr);
        auto r = std::from_chars(text, text + n, quick);
        if (r.ec == std::errc() ? quick != exact : exact - exact == 0 && exact != 0)
            fail(text, exact);
    }
    std::printf("%d failures\n", failures);
}
