/* The zlib library: compresses text of a small vocabulary at the usual level, and reads it back. */
#include <zlib.h>

#include "tests/bench/bench.h"

#define TEXT_LEN (1 << 20)
#define LEVEL    6

static uint8_t text[TEXT_LEN], packed[TEXT_LEN + TEXT_LEN / 8], again[TEXT_LEN];

static void write_text(void)
{
    static const char *const words[] = {
        "the ",    "process ", "of ",     "a ",      "module ",  "is ",      "compiled ", "to ",
        "code ",   "and ",     "memory ", "in ",     "instance", "table, ",  "which ",    "runs ",
        "system ", "that ",    "every ",  "call.\n", "stack ",   "virtual ", "page ",     "with ",
    };
    uint32_t seed = 99;

    for (size_t at = 0; at < TEXT_LEN;) {
        uint32_t r = bench_random(&seed);
        const char *word = words[(r >> 8) % (sizeof words / sizeof *words)];
        size_t len = strlen(word);
        if (len > TEXT_LEN - at)
            len = TEXT_LEN - at;
        memcpy(text + at, word, len);
        if (r % 5 == 0)
            text[at] = (uint8_t)('a' + (r >> 16) % 26);
        at += len;
    }
}

static uint64_t bench_kernel(void)
{
    uLongf packed_len = sizeof packed, again_len = sizeof again;
    uint64_t sum = 0;

    write_text();
    if (compress2(packed, &packed_len, text, TEXT_LEN, LEVEL) != Z_OK ||
        uncompress(again, &again_len, packed, packed_len) != Z_OK || again_len != TEXT_LEN ||
        memcmp(text, again, TEXT_LEN))
        return 0;
    for (uLongf i = 0; i < packed_len; i += 61)
        sum = bench_mix(sum, packed[i]);
    return bench_mix(sum, packed_len);
}
