// The shortest decimal number that reads as a given binary one.
#pragma once

#include <stdint.h>

namespace std::__charconv
{

// digits * 10^exponent; the last digit is not zero, unless the number is.
struct decimal_number {
    uint64_t digits;
    int exponent;
};

// Of the decimals with the fewest digits that round to mantissa * 2^exponent, the nearest one. The
// mantissa has at most 53 bits and is not zero. `narrow`: the next smaller number of the type is
// nearer than the next larger one.
decimal_number shortest(uint64_t mantissa, int exponent, bool narrow);

} // namespace std::__charconv
