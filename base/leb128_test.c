#include "base/leb128.h"

#include "base/test.h"

static const uint8_t *cursor;

static int u32(const char *bytes, size_t n, uint32_t *out)
{
    cursor = (const uint8_t *)bytes;
    return leb_u32(&cursor, cursor + n, out);
}

static int s32(const char *bytes, size_t n, int32_t *out)
{
    cursor = (const uint8_t *)bytes;
    return leb_s32(&cursor, cursor + n, out);
}

TEST(leb_unsigned)
{
    uint32_t v = 7;
    uint64_t w;
    const uint8_t *p;

    CHECK(!u32("\x00", 1, &v) && v == 0);
    CHECK(!u32("\xe5\x8e\x26", 3, &v) && v == 624485);
    CHECK(!u32("\x80\x80\x80\x80\x00", 5, &v) && v == 0);
    CHECK(!u32("\xff\xff\xff\xff\x0f", 5, &v) && v == UINT32_MAX);
    CHECK(u32("\xff\xff\xff\xff\x1f", 5, &v) == -EINVAL);
    CHECK(u32("\x80\x80\x80\x80\x80\x00", 6, &v) == -EINVAL);
    CHECK(u32("\x80\x80", 2, &v) == -EOVERFLOW && *cursor == 0x80);
    CHECK(u32("", 0, &v) == -EOVERFLOW);
    p = (const uint8_t *)"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01";
    CHECK(!leb_u64(&p, p + 10, &w) && w == UINT64_MAX);
    p = (const uint8_t *)"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02";
    CHECK(leb_u64(&p, p + 10, &w) == -EINVAL);
}

TEST(leb_signed)
{
    int32_t v;
    int64_t w;
    const uint8_t *p;

    CHECK(!s32("\x7f", 1, &v) && v == -1);
    CHECK(!s32("\x3f", 1, &v) && v == 63);
    CHECK(!s32("\x40", 1, &v) && v == -64);
    CHECK(!s32("\xc0\xbb\x78", 3, &v) && v == -123456);
    CHECK(!s32("\x80\x80\x80\x80\x78", 5, &v) && v == INT32_MIN);
    CHECK(!s32("\xff\xff\xff\xff\x07", 5, &v) && v == INT32_MAX);
    CHECK(s32("\xff\xff\xff\xff\x0f", 5, &v) == -EINVAL);
    CHECK(s32("\x80\x80\x80\x80\x70", 5, &v) == -EINVAL);
    CHECK(s32("\xff\xff\xff\xff\xff\x7f", 6, &v) == -EINVAL);
    CHECK(s32("\xff", 1, &v) == -EOVERFLOW);
    p = (const uint8_t *)"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7f";
    CHECK(!leb_s64(&p, p + 10, &w) && w == INT64_MIN);
    p = (const uint8_t *)"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7e";
    CHECK(leb_s64(&p, p + 10, &w) == -EINVAL);
    p = (const uint8_t *)"\xff\xff\xff\xff\x0f";
    CHECK(!leb_s33(&p, p + 5, &w) && w == (int64_t)UINT32_MAX);
    p = (const uint8_t *)"\x80\x80\x80\x80\x70";
    CHECK(!leb_s33(&p, p + 5, &w) && w == -(1ll << 32));
    p = (const uint8_t *)"\x80\x80\x80\x80\x60";
    CHECK(leb_s33(&p, p + 5, &w) == -EINVAL);
}
