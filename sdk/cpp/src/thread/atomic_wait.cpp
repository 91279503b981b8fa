#include <bits/atomic_wait.h>
#include <stdint.h>

namespace std
{

int *__atomic_wait_word(const void *object) noexcept
{
    enum { WORDS = 64 };
    static int words[WORDS];
    uintptr_t address = reinterpret_cast<uintptr_t>(object);
    return &words[(address / 8 ^ address / 512) % WORDS];
}

} // namespace std
