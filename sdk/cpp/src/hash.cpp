#include <bits/hash.h>
#include <string.h>

namespace std
{

template <class Word>
static uint64_t load(const unsigned char *bytes)
{
    Word w;
    memcpy(&w, bytes, sizeof w);
    return w;
}

// Up to 8 bytes as one number; of more than 8 in all the last 8, some of them once more.
static uint64_t load_last(const unsigned char *bytes, size_t n, size_t all)
{
    if (all >= 8)
        return load<uint64_t>(bytes + n - 8);
    if (n >= 4)
        return load<uint32_t>(bytes) | load<uint32_t>(bytes + n - 4) << 32;
    return n ? bytes[0] | unsigned(bytes[n / 2]) << 8 | unsigned(bytes[n - 1]) << 16 : 0;
}

// Multiplies w in. The product's high half depends on all bits: it goes down to where the next
// multiplication takes it up again.
static uint64_t step(uint64_t h, uint64_t w)
{
    h = (h ^ w) * 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

size_t __hash_bytes(const void *p, size_t n) noexcept
{
    const auto *bytes = static_cast<const unsigned char *>(p);
    uint64_t h = n * 0x9e3779b97f4a7c15u;
    size_t left = n;
    for (; left > 8; left -= 8, bytes += 8)
        h = step(h, load<uint64_t>(bytes));
    h = step(h, load_last(bytes, left, n));
    return size_t(h * 0x9e3779b97f4a7c15u >> 32);
}

} // namespace std
