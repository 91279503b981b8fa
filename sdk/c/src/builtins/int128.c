/* Arithmetic of __int128 that the compiler calls: WebAssembly has 64 bits. */
#include <stdint.h>

typedef __int128 i128;
typedef unsigned __int128 u128;

/* Halves without shifts, which would be calls of the functions below. */
union halves {
    u128 whole;
    i128 whole_signed;
    struct {
        uint64_t low, high;
    };
};

i128 __ashlti3(i128 n, int bits)
{
    union halves v = {.whole_signed = n};
    if (bits & 64) {
        v.high = v.low << (bits & 63);
        v.low = 0;
    } else if (bits & 63) {
        v.high = v.high << bits | v.low >> (64 - bits);
        v.low <<= bits;
    }
    return v.whole_signed;
}

i128 __lshrti3(i128 n, int bits)
{
    union halves v = {.whole_signed = n};
    if (bits & 64) {
        v.low = v.high >> (bits & 63);
        v.high = 0;
    } else if (bits & 63) {
        v.low = v.low >> bits | v.high << (64 - bits);
        v.high >>= bits;
    }
    return v.whole_signed;
}

i128 __ashrti3(i128 n, int bits)
{
    union halves v = {.whole_signed = n};
    if (bits & 64) {
        v.low = (uint64_t)((int64_t)v.high >> (bits & 63));
        v.high = (uint64_t)((int64_t)v.high >> 63);
    } else if (bits & 63) {
        v.low = v.low >> bits | v.high << (64 - bits);
        v.high = (uint64_t)((int64_t)v.high >> bits);
    }
    return v.whole_signed;
}

i128 __multi3(i128 a, i128 b)
{
    union halves x = {.whole_signed = a}, y = {.whole_signed = b}, r;
    uint64_t x0 = (uint32_t)x.low, x1 = x.low >> 32, y0 = (uint32_t)y.low, y1 = y.low >> 32;
    uint64_t low = x0 * y0, middle = x1 * y0 + (low >> 32);
    uint64_t middle2 = x0 * y1 + (uint32_t)middle;
    r.low = middle2 << 32 | (uint32_t)low;
    r.high = x1 * y1 + (middle >> 32) + (middle2 >> 32) + x.high * y.low + x.low * y.high;
    return r.whole_signed;
}

static int leading_zeros(u128 n)
{
    union halves v = {.whole = n};
    return v.high ? __builtin_clzll(v.high) : v.low ? 64 + __builtin_clzll(v.low) : 128;
}

/* Traps for a divisor of zero, as the 64-bit instructions do. */
u128 __udivmodti4(u128 a, u128 b, u128 *out_remainder)
{
    union halves x = {.whole = a}, y = {.whole = b};
    if (x.high == 0 && y.high == 0) {
        uint64_t quotient = x.low / y.low;
        if (out_remainder)
            *out_remainder = x.low % y.low;
        return quotient;
    }
    if (b == 0)
        __builtin_trap();
    u128 quotient = 0;
    int shift = leading_zeros(b) - leading_zeros(a);
    if (shift >= 0) {
        for (b <<= shift; shift >= 0; shift--, b >>= 1) {
            quotient <<= 1;
            if (a >= b) {
                a -= b;
                quotient |= 1;
            }
        }
    }
    if (out_remainder)
        *out_remainder = a;
    return quotient;
}

u128 __udivti3(u128 a, u128 b)
{
    return __udivmodti4(a, b, 0);
}

u128 __umodti3(u128 a, u128 b)
{
    u128 remainder;
    __udivmodti4(a, b, &remainder);
    return remainder;
}

static u128 magnitude(i128 n)
{
    return n < 0 ? 0 - (u128)n : (u128)n;
}

i128 __divti3(i128 a, i128 b)
{
    u128 quotient = __udivmodti4(magnitude(a), magnitude(b), 0);
    return (i128)((a < 0) != (b < 0) ? 0 - quotient : quotient);
}

i128 __modti3(i128 a, i128 b)
{
    u128 remainder;
    __udivmodti4(magnitude(a), magnitude(b), &remainder);
    return (i128)(a < 0 ? 0 - remainder : remainder);
}

i128 __muloti4(i128 a, i128 b, int *out_overflow)
{
    i128 product = (i128)((u128)a * (u128)b);
    u128 limit = ((u128)1 << 127) - 1 + ((a < 0) != (b < 0));
    *out_overflow = a != 0 && magnitude(b) > limit / magnitude(a);
    return product;
}
