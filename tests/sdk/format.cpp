// format: each presentation, each option, errors, formatters of the program's own.
#include <cmath>
#include <format>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <print>
#include <string>
#include <vector>

static int failures = 0;

template <class... Args>
static void writes(int line, std::string_view wanted, std::format_string<const Args &...> text,
                   const Args &...args)
{
    std::string got = std::format(text, args...);
    std::size_t size = std::formatted_size(text, args...);
    if (got == wanted && size == wanted.size())
        return;
    std::cout << "failed, line " << line << ": " << got << '\n';
    failures++;
}
#define WRITES(...) writes(__LINE__, __VA_ARGS__)

struct point {
    int x, y;
};
// "{}" or "{:r}": as it is, or with the coordinates the other way round.
template <>
struct std::formatter<point> {
    bool reversed = false;
    constexpr auto parse(std::format_parse_context &context)
    {
        auto p = context.begin();
        if (p != context.end() && *p == 'r') {
            reversed = true;
            ++p;
        }
        return p;
    }
    auto format(const point &p, std::format_context &context) const
    {
        return reversed ? std::format_to(context.out(), "({}, {})", p.y, p.x)
                        : std::format_to(context.out(), "({}, {})", p.x, p.y);
    }
};
enum class color { red, green };
template <>
struct std::formatter<color> : std::formatter<std::string_view> {
    auto format(color c, std::format_context &context) const
    {
        return std::formatter<std::string_view>::format(c == color::red ? "red" : "green", context);
    }
};

static void plain()
{
    WRITES("", "");
    WRITES("{}", "{{}}");
    WRITES("a{b}c", "a{{b}}c");
    WRITES("1 2.5 x yes str true", "{} {} {} {} {} {}", 1, 2.5, 'x', "yes", std::string("str"),
           true);
    WRITES("b a b", "{1} {0} {1}", 'a', 'b');
    WRITES(std::string(1000, 'q') + "!", "{}!", std::string(1000, 'q'));
    WRITES("0x0 0x1f", "{} {}", nullptr, (const void *)0x1f);
    char array[] = "array";
    WRITES("array array", "{} {}", array, std::string_view(array));
}

static void integers()
{
    WRITES("-5|+5| 5|5", "{}|{:+}|{: }|{:-}", -5, 5, 5, 5);
    WRITES("101010 52 42 2a 2A", "{0:b} {0:o} {0:d} {0:x} {0:X}", 42);
    WRITES("0b101010 0B101010 052 0x2a 0X2A", "{0:#b} {0:#B} {0:#o} {0:#x} {0:#X}", 42);
    WRITES("0 0x0 0b0", "{0:#o} {0:#x} {0:#b}", 0);
    WRITES("00042 -0042 0x002a", "{:05} {:05} {:#06x}", 42, -42, 42);
    WRITES("42   |   42| 42  |*42**", "{:<5}|{:>5}|{:^5}|{:*^5}", 42, 42, 42, 42);
    WRITES("   42", "{:5}", 42);
    WRITES("42   ", "{:<05}", 42);
    WRITES("A", "{:c}", 65);
    WRITES("-9223372036854775808 18446744073709551615", "{} {}",
           std::numeric_limits<long long>::min(), std::numeric_limits<unsigned long long>::max());
    WRITES("-170141183460469231731687303715884105728", "{}", (__int128)1 << 127);
    WRITES("-80000000", "{:x}", std::numeric_limits<int>::min());
    WRITES("200 -56", "{} {}", (unsigned char)200, (signed char)-56);
    WRITES("   7|7  ", "{:{}}|{:<{}}", 7, 4, 7, 3);
    WRITES("  7", "{0:{1}}", 7, 3);
}

static void others()
{
    WRITES("a    |    a|97|0x61|e2", "{:5}|{:>5}|{:d}|{:#x}|{:x}", 'a', 'a', 'a', 'a', '\xe2');
    WRITES("true |1|0x1|false", "{:5}|{:d}|{:#x}|{:s}", true, true, true, false);
    WRITES("abc  |  abc| abc |--abc", "{:5}|{:>5}|{:^5}|{:->5}", "abc", "abc", "abc", "abc");
    WRITES("ab|abc|", "{:.2}|{:.9}|{:.0}", "abc", "abc", "abc");
    WRITES("ab   ", "{:{}.{}}", "abc", 5, 2);
    WRITES("\xe2\x82\xac\xe2\x82\xac"
           "7",
           "{:\xe2\x82\xac>3}", 7);
    WRITES("\xe6\x97\xa5\xe6\x9c\xac  |", "{:6}|", "\xe6\x97\xa5\xe6\x9c\xac"); // two columns each
    WRITES("\xe6\x97\xa5|", "{:.3}|", "\xe6\x97\xa5\xe6\x9c\xac");
    WRITES("e\xcc\x81  |", "{:3}|", "e\xcc\x81"); // an accent takes none
    WRITES("    0x10|0x00000010|0XAB", "{:8}|{:010}|{:P}", (void *)16, (void *)16, (void *)0xab);
    WRITES("(1, 2) (2, 1)", "{} {:r}", point{1, 2}, point{1, 2});
    WRITES("  red|green", "{:>5}|{}", color::red, color::green);
}

static void floating()
{
    const double inf = INFINITY, nan = NAN;
    WRITES("0.1 1e+23 100 -0 1.5e-10", "{} {} {} {} {}", 0.1, 1e23, 100.0, -0.0, 1.5e-10);
    WRITES("0.1 3.4028235e+38 0.1", "{} {} {}", 0.1f, std::numeric_limits<float>::max(), 0.1L);
    WRITES("3.14 3.1416 3", "{:.3} {:.5} {:.1}", 3.14159, 3.14159, 3.14159);
    WRITES("3.141590 3.14 3", "{:f} {:.2f} {:.0f}", 3.14159, 3.14159, 3.14159);
    WRITES("3.141590e+00 3.1E+00", "{:e} {:.1E}", 3.14159, 3.14159);
    WRITES("3.14159 1e+06 1E+06 0.0001", "{:g} {:g} {:G} {:g}", 3.14159, 1e6, 1e6, 1e-4);
    WRITES("1.8p+1 1.8P+1 2p+1 -1.000p-1", "{:a} {:A} {:.0a} {:.3a}", 3.0, 3.0, 3.5, -0.5);
    WRITES("1. 1.e+23 1.00000 3. 1.p+0", "{:#} {:#} {:#g} {:#.0f} {:#a}", 1.0, 1e23, 1.0, 3.0, 1.0);
    WRITES("+1.5  1.5 -1.5 +inf", "{:+} {: } {:+} {:+}", 1.5, 1.5, -1.5, inf);
    WRITES("0001.5 -001.5   -inf nan   ", "{:06} {:06} {:06} {:<06}", 1.5, -1.5, -inf, nan);
    WRITES("INF NAN inf -nan", "{:F} {:G} {:e} {}", inf, nan, inf, -nan);
    WRITES("  1.50|1.50  |*1.5*", "{:6.2f}|{:<6.2f}|{:*^5}", 1.5, 1.5, 1.5);
    WRITES("1.235", "{:.{}f}", 1.23456, 3);
    WRITES("  1.2", "{:{}.{}}", 1.23456, 5, 2);
    WRITES("1797693134862315708145274237317043567980", "{:.40}",
           std::string(std::format("{:f}", std::numeric_limits<double>::max())));
}

static void outputs()
{
    std::string s = "> ";
    std::format_to(std::back_inserter(s), "{}-{}", 1, "two");
    std::list<char> list;
    std::format_to(std::back_inserter(list), "{:>4}", 'x');
    char text[8] = "#######";
    auto r = std::format_to_n(text, 4, "{}", 123456789);
    std::cout << s << ' ' << list.size() << ' ' << text << ' ' << r.size << ' ' << r.out - text
              << '\n';
    char *end = std::format_to(text, "{}", 42);
    std::cout << std::string(text, end) << ' '
              << std::vformat("{1}{0}", std::make_format_args(s, r.size)) << '\n';
}

template <class... Args>
static void refuses(int line, std::string_view text, Args... args)
{
    try {
        std::string got = std::vformat(text, std::make_format_args(args...));
        std::cout << "accepted, line " << line << ": " << got << '\n';
        failures++;
    } catch (const std::format_error &) {
    }
}
#define REFUSES(...) refuses(__LINE__, __VA_ARGS__)

static void errors()
{
    for (const char *text : {"{",
                             "}",
                             "{}}",
                             "{:",
                             "{0",
                             "{01}",
                             "{x}",
                             "{:d",
                             "{ }",
                             "{0}{}",
                             "{}{0}",
                             "{-1}",
                             "{:{}",
                             "{:.}",
                             "{:.-1}",
                             "{99999999999}",
                             "{:99999999999}",
                             "{:{:}}",
                             "{:5 }",
                             "{:dd}",
                             "{:<<5}{",
                             "{:}<5}",
                             "{:{<5}",
                             "{:s}",
                             "{:.2}",
                             "{:e}",
                             "{:p}",
                             "{:+c}",
                             "{:#c}",
                             "{:0c}",
                             "{1}",
                             "{:00}",
                             "{:?}"})
        REFUSES(text, 42);
    for (const char *text : {"{:d}", "{:+}", "{:#}", "{:05}", "{:L}", "{:c}"})
        REFUSES(text, "text");
    for (const char *text : {"{:d}", "{:c}", "{:s}", "{:x}"})
        REFUSES(text, 1.5);
    for (const char *text : {"{:.1}", "{:+}", "{:#}", "{:d}"})
        REFUSES(text, (const void *)nullptr);
    for (const char *text : {"{:+}", "{:0}", "{:.1}", "{:e}"}) {
        REFUSES(text, true);
        REFUSES(text, 'c');
    }
    REFUSES("{:{}}", 1, -1);
    REFUSES("{:{}}", 1, 1.0);
    REFUSES("{:{}}", 1, 'c');
    REFUSES("{:{}}", 1, true);
    REFUSES("{:{}}", 1, 5000000000ll);
    REFUSES("{:.{}}", 1.0, -2);
    REFUSES("{:c}", 1000);
    REFUSES("{} {}", 1);
}

int main()
{
    plain();
    integers();
    others();
    floating();
    outputs();
    std::print("{:>3}", 7);
    std::println(stdout, "{}{}", '|', "end");
    errors();
    std::cout << failures << " failures\n";
}
