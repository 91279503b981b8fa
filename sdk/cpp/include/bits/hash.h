#pragma once

#include <cstdint>
#include <type_traits>

namespace std
{

// Mixes 64 bits well into 32 (multiplication by an odd constant, high half folded in).
constexpr size_t __hash_mix(uint64_t n) noexcept
{
    n ^= n >> 32;
    n *= 0x9e3779b97f4a7c15u;
    return size_t(n >> 32 ^ n);
}
// For integers and addresses: neighbours among 256 stay neighbours, so that those who come in order
// find their buckets in the cache; the blocks of 256 are mixed.
constexpr size_t __hash_integer(uint64_t n) noexcept
{
    return size_t(n) + std::__hash_mix(n >> 8);
}
size_t __hash_bytes(const void *p, size_t n) noexcept;

// Of types that have none: [unord.hash] wants it to be there, and of no use.
template <class T>
struct hash {
    hash() = delete;
    hash(const hash &) = delete;
    hash &operator=(const hash &) = delete;
};

template <class T>
    requires(is_integral_v<T> || is_enum_v<T>)
struct hash<T> {
    constexpr size_t operator()(T n) const noexcept { return std::__hash_integer(uint64_t(n)); }
};
template <class T>
struct hash<T *> {
    size_t operator()(T *p) const noexcept
    {
        return std::__hash_integer(reinterpret_cast<uintptr_t>(p));
    }
};
template <>
struct hash<nullptr_t> {
    constexpr size_t operator()(nullptr_t) const noexcept { return 0; }
};
template <>
struct hash<double> {
    constexpr size_t operator()(double x) const noexcept
    {
        return x == 0 ? 0 : std::__hash_mix(__builtin_bit_cast(uint64_t, x));
    }
};
template <>
struct hash<long double> {
    constexpr size_t operator()(long double x) const noexcept
    {
        using halves = uint64_t[2];
        struct both {
            halves at;
        };
        auto bits = __builtin_bit_cast(both, x);
        return x == 0 ? 0 : std::__hash_mix(bits.at[0] ^ std::__hash_mix(bits.at[1]));
    }
};
template <>
struct hash<float> {
    constexpr size_t operator()(float x) const noexcept { return hash<double>()(x); }
};

} // namespace std
