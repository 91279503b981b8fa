#include <bits/hash.h>
#include <string.h>

namespace std
{

// Eight bytes at a time, each multiplied in.
size_t __hash_bytes(const void *p, size_t n) noexcept
{
    const auto *bytes = static_cast<const unsigned char *>(p);
    uint64_t h = n * 0x9e3779b97f4a7c15u;
    for (; n >= 8; n -= 8, bytes += 8) {
        uint64_t w;
        memcpy(&w, bytes, 8);
        h = (h ^ w) * 0xd6e8feb86659fd93u;
        h ^= h >> 32;
    }
    uint64_t w = 0;
    memcpy(&w, bytes, n);
    return __hash_mix(h ^ w);
}

} // namespace std
