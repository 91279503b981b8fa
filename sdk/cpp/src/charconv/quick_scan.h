// Decimal text to a binary number by one multiplication.
#pragma once

#include "c_library.h"

namespace std::__charconv
{

// Digits with at most one point and perhaps an exponent, to a mantissa of `bits` bits; false if the
// 128 bits of a power of ten do not settle how the number rounds, if it has more than 53 bits, or
// is below the type's normal range.
bool quick_scan(const char *first, const char *last, int bits, int least_exponent,
                int largest_exponent, binary_float &v);

} // namespace std::__charconv
