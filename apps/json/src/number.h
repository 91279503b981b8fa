// Numbers of any size and precision, as JSON writes them.
#pragma once

#include <compare>
#include <string_view>

// Compares the values exactly: 1.0 equals 10e-1, and no digit is lost. Exponents count as at most a
// thousand million millions.
std::strong_ordering compare_numbers(std::string_view a, std::string_view b);
