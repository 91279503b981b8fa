// to_chars and from_chars: what the standard says, case by case.
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

using std::chars_format;
using std::errc;

static int failures = 0;

static void expect(bool ok, int line, const std::string &got)
{
    if (ok)
        return;
    std::printf("failed, line %d: %s\n", line, got.c_str());
    failures++;
}

template <class T, class... How>
static void writes(int line, const char *wanted, T value, How... how)
{
    char text[6000];
    auto r = std::to_chars(text, text + sizeof text, value, how...);
    std::string got(text, r.ptr);
    expect(r.ec == errc() && got == wanted, line, got);
    // exactly enough room, and one too few: nothing behind the end is touched
    std::size_t n = got.size();
    std::memset(text, '#', sizeof text);
    r = std::to_chars(text, text + n, value, how...);
    expect(r.ec == errc() && r.ptr == text + n && text[n] == '#', line, "no room: " + got);
    r = std::to_chars(text, text + n - 1, value, how...);
    expect(r.ec == errc::value_too_large && r.ptr == text + n - 1, line, "too much room: " + got);
}
#define WRITES(...) writes(__LINE__, __VA_ARGS__)

template <class T, class... How>
static void reads(int line, std::string_view text, std::size_t length, T wanted, How... how)
{
    T value = T(42);
    auto r = std::from_chars(text.data(), text.data() + text.size(), value, how...);
    bool same = value == wanted || (value != value && wanted != wanted);
    expect(r.ec == errc() && r.ptr == text.data() + length && same, line, std::string(text));
}
#define READS(...) reads(__LINE__, __VA_ARGS__)

template <class T, class... How>
static void refuses(int line, errc why, std::string_view text, std::size_t length, How... how)
{
    T value = T(42);
    auto r = std::from_chars(text.data(), text.data() + text.size(), value, how...);
    expect(r.ec == why && r.ptr == text.data() + length && value == T(42), line, std::string(text));
}
#define INVALID(T, text, ...)                                                                      \
    refuses<T>(__LINE__, errc::invalid_argument, text, 0 __VA_OPT__(, ) __VA_ARGS__)
#define TOO_LARGE(T, text, length, ...)                                                            \
    refuses<T>(__LINE__, errc::result_out_of_range, text, length __VA_OPT__(, ) __VA_ARGS__)

static void integers()
{
    WRITES("0", 0);
    WRITES("-2147483648", std::numeric_limits<int>::min());
    WRITES("18446744073709551615", std::numeric_limits<unsigned long long>::max());
    WRITES("-9223372036854775808", std::numeric_limits<long long>::min());
    WRITES("1000000000", 1000000000ll);
    WRITES("10000000000000000000", 10000000000000000000ull);
    WRITES("-170141183460469231731687303715884105728", (__int128)1 << 127);
    WRITES("340282366920938463463374607431768211455", ~(unsigned __int128)0);
    WRITES("-128", (signed char)-128);
    WRITES("65", 'A');
    WRITES("-zz", -1295, 36);
    WRITES("11111111", 255u, 2);
    WRITES("-8000000000000000", std::numeric_limits<long long>::min(), 16);
    WRITES("377", (unsigned char)255, 8);
    WRITES("2222", 80, 3);
    for (int base = 2; base <= 36; base++)
        for (long long n : {0ll, 1ll, -1ll, 35ll, -123456789012345ll, 9223372036854775807ll}) {
            char text[80];
            auto w = std::to_chars(text, text + sizeof text, n, base);
            long long back = 7;
            auto r = std::from_chars(text, w.ptr, back, base);
            expect(r.ec == errc() && r.ptr == w.ptr && back == n, __LINE__,
                   std::string(text, w.ptr));
        }
    READS("12x", 2, 12);
    READS("-0", 2, 0);
    READS("007", 3, 7u);
    READS("fFg", 2, 255, 16);
    READS("0x1", 1, 0, 16);
    READS("Zz", 2, 1295, 36);
    READS("-128", 4, (signed char)-128);
    READS("18446744073709551615", 20, ~0ull);
    INVALID(int, "");
    INVALID(int, "-");
    INVALID(int, "+1");
    INVALID(int, " 1");
    INVALID(unsigned, "-1");
    INVALID(int, "2", 2);
    TOO_LARGE(signed char, "128,", 3);
    TOO_LARGE(signed char, "-129", 4);
    TOO_LARGE(int, "99999999999999999999999999", 26);
    TOO_LARGE(unsigned long long, "18446744073709551616", 20);
    TOO_LARGE(unsigned char, "256", 3);
}

static void shortest()
{
    WRITES("0", 0.0);
    WRITES("-0", -0.0);
    WRITES("0.1", 0.1);
    WRITES("0.1", 0.1f);
    WRITES("0.001", 0.001);
    WRITES("1e-04", 0.0001);
    WRITES("0.00012", 0.00012);
    WRITES("1e+05", 1e5);
    WRITES("123456", 123456.0);
    WRITES("12345678", 12345678.0);
    WRITES("1234567800", 1234567800.0);
    WRITES("1.2345678e+19", 12345678000000000000.0);
    WRITES("123456789012345683968", 123456789012345683968.0);
    WRITES("1e+23", 1e23);
    WRITES("5e-324", 5e-324);
    WRITES("2.2250738585072014e-308", 2.2250738585072014e-308);
    WRITES("1.7976931348623157e+308", std::numeric_limits<double>::max());
    WRITES("3.4028235e+38", std::numeric_limits<float>::max());
    WRITES("1e-45", 1e-45f);
    WRITES("1.1754944e-38", 1.17549435e-38f);
    WRITES("16777216", 16777216.0f);
    WRITES("33554430", 33554432.0f - 2);
    WRITES("3.14", 3.14L);
    WRITES("3.3621031431120935062626778173217526e-4932",
           3.3621031431120935062626778173217526e-4932L);
    WRITES("inf", std::numeric_limits<double>::infinity());
    WRITES("-inf", -std::numeric_limits<float>::infinity());
    WRITES("nan", std::numeric_limits<double>::quiet_NaN());
    WRITES("99999999999999991611392", 1e23, chars_format::fixed);
    WRITES("0e+00", 0.0, chars_format::scientific);
    WRITES("1.5e+02", 150.0, chars_format::scientific);
    WRITES("150", 150.0, chars_format::general);
    WRITES("1e+06", 1e6, chars_format::general);
    WRITES("100000", 1e5, chars_format::general);
    WRITES("0.0001", 1e-4, chars_format::general);
    WRITES("1e-05", 1e-5, chars_format::general);
    WRITES("1.8p+1", 3.0, chars_format::hex);
    WRITES("-1p-1", -0.5, chars_format::hex);
    WRITES("0p+0", 0.0, chars_format::hex);
}

static void precise()
{
    WRITES("3.142", 3.14159, chars_format::fixed, 3);
    WRITES("2", 2.5, chars_format::fixed, 0);
    WRITES("0.1000000000000000055511151231257827021181583404541015625", 0.1, chars_format::fixed,
           55);
    WRITES("-1.500e+00", -1.5, chars_format::scientific, 3);
    WRITES("0.001", 0.001, chars_format::general, 6);
    WRITES("1e+06", 999999.9, chars_format::general, 6);
    WRITES("1.00p+0", 1.0, chars_format::hex, 2);
    WRITES("1.9p+0", 1.5703125, chars_format::hex, 1);
    WRITES("1.000000", 1.0L, chars_format::fixed, 6);
}

static void numbers()
{
    using limits = std::numeric_limits<double>;
    READS("1.5e3x", 5, 1500.0);
    READS("1.5e", 3, 1.5);
    READS("1e+", 1, 1.0);
    READS(".5", 2, 0.5);
    READS("5.", 2, 5.0);
    READS("-0", 2, -0.0);
    READS("0x10", 1, 0.0);
    READS("1e23", 4, 1e23);
    READS("9007199254740993", 16, 9007199254740992.0);
    READS("9007199254740993.0000000000000000000000000000000001", 51, 9007199254740994.0);
    READS("1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490"
          "17977"
          "5872070963302864166928879109465555478519404026306574886715058206819089020007083836762738"
          "54845"
          "8177115317644757302700698555713669596228429148198608349364752927190741684443655107043427"
          "11559"
          "699508093042880177904174497791.999",
          313, limits::max());
    READS("2.4703282292062328e-324", 23, 5e-324);
    READS("2.2250738585072011e-308", 23, 2.2250738585072011e-308);
    READS("INFinity", 8, limits::infinity());
    READS("-infinit", 4, -limits::infinity());
    READS("NaN(abc_1)", 10, limits::quiet_NaN());
    READS("nan(", 3, limits::quiet_NaN());
    READS("1.8p1", 5, 3.0, chars_format::hex);
    READS("A.8", 3, 10.5, chars_format::hex);
    READS("1p", 1, 1.0, chars_format::hex);
    READS("1.fffffffffffff8p0", 18, 2.0, chars_format::hex);
    READS("1e5", 1, 1.0, chars_format::fixed);
    READS("1e5", 3, 1e5, chars_format::scientific);
    READS("16777217", 8, 16777216.0f);
    READS("16777219", 8, 16777220.0f);
    READS("1.00000017881393432617187499", 28, 1.00000011920928955078125f);
    READS("1.00000017881393432617187500", 28, 1.0000002384185791015625f);
    READS("7.0064923216240854e-46", 22, 1e-45f);
    READS("0.1", 3, 0.1L);
    READS("0e99999999999", 13, 0.0);
    INVALID(double, "");
    INVALID(double, "+1");
    INVALID(double, " 1");
    INVALID(double, ".");
    INVALID(double, "-");
    INVALID(double, "in");
    INVALID(double, "e5");
    INVALID(double, "1", chars_format::scientific);
    INVALID(double, "1e", chars_format::scientific);
    INVALID(double, "p1", chars_format::hex);
    TOO_LARGE(double, "1e309", 5);
    TOO_LARGE(double, "-1e99999999999999", 17);
    TOO_LARGE(double, "1e-400", 6);
    TOO_LARGE(double, "2.4703282292062327e-324", 23);
    TOO_LARGE(float, "1e39", 4);
    TOO_LARGE(float, "7.0064923216240853e-46", 22);
    TOO_LARGE(double, "1p1024", 6, chars_format::hex);
    TOO_LARGE(double, "0.0ep-9999", 10, chars_format::hex);
}

int main()
{
    integers();
    shortest();
    precise();
    numbers();
    std::printf("%d failures\n", failures);
}
