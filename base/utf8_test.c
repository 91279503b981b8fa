#include "base/utf8.h"

#include "base/string.h"
#include "base/test.h"

TEST(utf8_round_trip_of_every_scalar_value)
{
    char text[4];
    unsigned wrong = 0;

    for (uint32_t c = 0; c < 0x110000; c++) {
        uint32_t back = ~0u;
        size_t n;
        if (c >= 0xd800 && c < 0xe000)
            continue;
        n = utf8_encode(c, text);
        wrong +=
            utf8_decode(text, n, &back) != n || back != c || utf8_decode(text, n - 1, &back) != 0;
    }
    CHECK(!wrong);
}

TEST(utf8_refuses_what_is_malformed)
{
    static const char *const bad[] = {
        "\x80",         "\xc0\x80",         "\xc1\xbf",         "\xe0\x9f\xbf",
        "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xff",         "\xe2\x82",         "\xe2\x28\xa1",     "a\xc3",
        "\xf0\x9f\x98",
    };

    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK(!utf8_valid(bad[i], strlen(bad[i])));
    CHECK(utf8_valid("", 0) && utf8_valid("\0z", 2) &&
          utf8_valid("gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80", 12));
}
