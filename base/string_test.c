#include "base/string.h"

#include "base/test.h"

enum { SPAN = 100 };

TEST(memcpy_and_memset_touch_exactly_n_bytes)
{
    unsigned char src[SPAN + 2], dst[SPAN + 2];

    for (size_t i = 0; i < sizeof src; i++)
        src[i] = (unsigned char)(i + 1);
    for (size_t n = 0; n <= SPAN; n++) {
        memset(dst, 0xee, sizeof dst);
        CHECK(memcpy(dst + 1, src, n) == dst + 1);
        CHECK(dst[0] == 0xee && dst[n + 1] == 0xee && !memcmp(dst + 1, src, n));
        memset(dst + 1, 0x11, n);
        CHECK(dst[0] == 0xee && dst[n + 1] == 0xee && (!n || dst[n] == 0x11));
    }
}

TEST(memmove_with_every_overlap)
{
    for (size_t n = 0; n <= SPAN / 2; n++) {
        for (size_t to = 0; to <= SPAN / 2; to++) {
            unsigned char buf[SPAN], want[SPAN];
            for (size_t i = 0; i < SPAN; i++)
                buf[i] = want[i] = (unsigned char)i;
            for (size_t i = 0; i < n; i++)
                want[to + i] = (unsigned char)(SPAN / 4 + i);
            memmove(buf + to, buf + SPAN / 4, n);
            CHECK(!memcmp(buf, want, SPAN));
        }
    }
}

TEST(memcmp_orders_by_the_first_difference)
{
    CHECK(memcmp("abcdefghij", "abcdefghik", 10) < 0);
    CHECK(memcmp("abcdefghij", "abcdefghik", 9) == 0);
    CHECK(memcmp("\xff", "\x01", 1) > 0);
    CHECK(memcmp("a", "b", 0) == 0);
    CHECK(memcmp("b2345678a", "a2345678b", 9) > 0);
}

TEST(c_strings)
{
    const char *s = "hello/world/x";

    CHECK(strlen(s) == 13 && strlen("") == 0);
    CHECK(strnlen(s, 5) == 5 && strnlen(s, 50) == 13);
    CHECK(strchr(s, '/') == s + 5 && strrchr(s, '/') == s + 11 && !strchr(s, 'z'));
    CHECK(strchr(s, 0) == s + 13 && strrchr(s, 0) == s + 13);
    CHECK(memchr(s, 'w', 13) == s + 6 && !memchr(s, 'w', 6));
    CHECK(!strcmp("a", "a") && strcmp("a", "b") < 0 && strcmp("ab", "a") > 0 &&
          strcmp("\xff", "a") > 0);
    CHECK(!strncmp("abc", "abd", 2) && strncmp("abc", "abd", 3) < 0 && !strncmp("a", "a", 9));
}

TEST(str_copy_always_terminates)
{
    char buf[4] = "zzz";

    CHECK(str_copy(buf, "ab", sizeof buf) == 2 && !strcmp(buf, "ab"));
    CHECK(str_copy(buf, "abcdef", sizeof buf) == 6 && !strcmp(buf, "abc"));
    CHECK(str_copy(buf, "x", 0) == 1 && !strcmp(buf, "abc"));
}
