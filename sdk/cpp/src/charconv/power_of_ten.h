// Powers of ten in 128 bits, from a table of 672 bytes that the compiler computes.
#pragma once

#include <stdint.h>

namespace std::__charconv
{

using u128 = unsigned __int128;

// 10^k <= (high * 2^64 + low) * 2^exponent, which is less than one unit too much, and nothing too
// much if `exact`. The highest bit is set.
struct power {
    uint64_t high, low;
    int exponent;
    bool exact;
};

enum { POWER_LEAST = -342, POWER_LARGEST = 354 };

constexpr int floor_log2_of_power(int k) // |k| < 1233
{
    return k * 1741647 >> 19;
}
// POWER_LEAST <= k <= POWER_LARGEST.
power power_of_ten(int k);

} // namespace std::__charconv
