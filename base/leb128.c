#include "base/leb128.h"

/* An unsigned integer of `bits` bits: the bits of the last byte that lie above them must be zero.
 */
static int read_unsigned(const uint8_t **p, const uint8_t *end, unsigned bits, uint64_t *out)
{
    const uint8_t *s = *p;
    uint64_t value = 0;

    for (unsigned shift = 0; shift < bits; shift += 7) {
        uint8_t byte;
        if (s == end)
            return -EOVERFLOW;
        byte = *s++;
        if (bits - shift < 7 && byte >> (bits - shift))
            return -EINVAL; /* also a continuation bit in the last byte */
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            *p = s;
            *out = value;
            return 0;
        }
    }
    return -EINVAL;
}

/* A signed integer of `bits` bits: the unused bits of the last byte must repeat the sign bit. */
static int read_signed(const uint8_t **p, const uint8_t *end, unsigned bits, int64_t *out)
{
    const uint8_t *s = *p;
    uint64_t value = 0;

    for (unsigned shift = 0; shift < bits; shift += 7) {
        uint8_t byte;
        if (s == end)
            return -EOVERFLOW;
        byte = *s++;
        if (bits - shift < 7) {
            uint8_t unused = (uint8_t)(0x80u - (1u << (bits - shift - 1))); /* and the sign bit */
            if (byte & 0x80 || ((byte & unused) != 0 && (byte & unused) != unused))
                return -EINVAL;
        }
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            if (byte & 0x40 && shift + 7 < 64)
                value |= ~0ull << (shift + 7);
            *p = s;
            *out = (int64_t)value;
            return 0;
        }
    }
    return -EINVAL;
}

int leb_u32(const uint8_t **p, const uint8_t *end, uint32_t *out)
{
    uint64_t v;
    int err;

    if (*p < end && **p < 0x80) { /* one byte: nearly always */
        *out = *(*p)++;
        return 0;
    }
    err = read_unsigned(p, end, 32, &v);
    if (!err)
        *out = (uint32_t)v;
    return err;
}

int leb_u64(const uint8_t **p, const uint8_t *end, uint64_t *out)
{
    return read_unsigned(p, end, 64, out);
}

int leb_s32(const uint8_t **p, const uint8_t *end, int32_t *out)
{
    int64_t v;
    int err = read_signed(p, end, 32, &v);

    if (!err)
        *out = (int32_t)v;
    return err;
}

int leb_s33(const uint8_t **p, const uint8_t *end, int64_t *out)
{
    return read_signed(p, end, 33, out);
}

int leb_s64(const uint8_t **p, const uint8_t *end, int64_t *out)
{
    return read_signed(p, end, 64, out);
}
