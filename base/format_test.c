#include "base/format.h"

#include "base/string.h"
#include "base/test.h"

#pragma clang diagnostic ignored "-Wformat"

#define SAYS(want, ...)                                                                            \
    CHECK(fmt_snprintf(buf, sizeof buf, __VA_ARGS__) == (int)strlen(want) && !strcmp(buf, want))

TEST(format_integers)
{
    char buf[128];

    SAYS("0 -1 2147483647 -2147483648", "%d %d %i %d", 0, -1, INT_MAX, INT_MIN);
    SAYS("4294967295 18446744073709551615", "%u %llu", UINT_MAX, ULLONG_MAX);
    SAYS("-9223372036854775808", "%lld", LLONG_MIN);
    SAYS("ff FF 0xff 0XFF 0", "%x %X %#x %#X %#x", 255, 255, 255, 255, 0);
    SAYS("17 017 0 0", "%o %#o %#o %o", 15, 15, 0, 0);
    SAYS("1 -1 65535 -1", "%hhd %hhd %hu %hd", 257, 255, 65535, 65535);
    SAYS("7 8 9 10", "%zu %td %jd %lu", (size_t)7, (ptrdiff_t)8, (intmax_t)9, 10ul);
    SAYS("0xdeadbeef", "%p", (void *)0xdeadbeef);
}

TEST(format_width_precision_flags)
{
    char buf[128];

    SAYS("[   42][42   ][00042][+42][ 42]", "[%5d][%-5d][%05d][%+d][% d]", 42, 42, 42, 42, 42);
    SAYS("[-0042][ -042][   ]", "[%05d][%5.3d][%3.0d]", -42, -42, 0);
    SAYS("[0x00ff][  0xff]", "[%#06x][%#6x]", 255, 255);
    SAYS("[   ab][ab   ][a][    a]", "[%5s][%-5s][%.1s][%*.*s]", "ab", "ab", "ab", 5, 1, "ab");
    SAYS("[a    ]", "[%*c]", -5, 'a');
    SAYS("100% (null)", "%d%% %s", 100, (char *)NULL);
}

TEST(format_cuts_off_and_reports_the_whole_length)
{
    char buf[5] = "zzzz";

    CHECK(fmt_snprintf(buf, sizeof buf, "%d", 1234567) == 7 && !strcmp(buf, "1234"));
    CHECK(fmt_snprintf(buf, 1, "abc") == 3 && !buf[0]);
    buf[0] = 'q';
    CHECK(fmt_snprintf(buf, 0, "abc") == 3 && buf[0] == 'q');
    CHECK(fmt_snprintf(buf, sizeof buf, "ab%") == 2 && !strcmp(buf, "ab"));
}
