#include "number.h"
#include <algorithm>
#include <string>

namespace
{

// 0.DIGITS times ten to the exponent; the digits begin and end with others than 0, zero has none.
struct Decimal {
    bool negative = false;
    std::string digits;
    long long exponent = 0;

    int sign() const { return digits.empty() ? 0 : negative ? -1 : 1; }
};

constexpr long long exponent_limit = 1'000'000'000'000'000;

Decimal to_decimal(std::string_view text)
{
    Decimal d;
    std::size_t i = 0;
    if (text[i] == '-') {
        d.negative = true;
        i++;
    }
    bool behind_point = false;
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; i++) {
        if (text[i] == '.') {
            behind_point = true;
            continue;
        }
        d.digits += text[i];
        if (!behind_point)
            d.exponent++;
    }
    if (i < text.size()) {
        bool minus = text[++i] == '-';
        if (minus || text[i] == '+')
            i++;
        long long exponent = 0;
        for (; i < text.size(); i++)
            exponent = std::min(exponent * 10 + (text[i] - '0'), exponent_limit);
        d.exponent += minus ? -exponent : exponent;
    }
    std::size_t zeros = std::min(d.digits.find_first_not_of('0'), d.digits.size());
    d.digits.erase(0, zeros);
    d.exponent -= static_cast<long long>(zeros);
    d.digits.erase(d.digits.find_last_not_of('0') + 1);
    return d;
}

} // namespace

std::strong_ordering compare_numbers(std::string_view a, std::string_view b)
{
    Decimal x = to_decimal(a), y = to_decimal(b);
    if (x.sign() != y.sign() || x.sign() == 0)
        return x.sign() <=> y.sign();
    if (x.sign() < 0)
        std::swap(x, y);
    if (x.exponent != y.exponent)
        return x.exponent <=> y.exponent;
    return x.digits.compare(y.digits) <=> 0;
}
