// monostate: the alternative that holds nothing.
#pragma once

#include <bits/hash.h>
#include <compare>

namespace std
{

struct monostate {
};
constexpr bool operator==(monostate, monostate) noexcept
{
    return true;
}
constexpr strong_ordering operator<=>(monostate, monostate) noexcept
{
    return strong_ordering::equal;
}
template <>
struct hash<monostate> {
    size_t operator()(monostate) const noexcept { return 0x9e3779b9u; }
};

} // namespace std
