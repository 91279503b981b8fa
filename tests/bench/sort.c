/* Numbers put in order three ways: the C library's way with a comparison through a pointer, a heap,
 * and a quicksort with an explicit stack. */
#include "tests/bench/bench.h"

#define N 150000

static uint32_t numbers[N];

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* A merge sort over the comparison function, so that no C library's qsort decides the result. */
static void merge_sort(uint32_t *v, size_t n, int (*before)(const void *, const void *))
{
    static uint32_t other[N];
    uint32_t *from = v, *to = other;

    for (size_t width = 1; width < n; width *= 2) {
        for (size_t at = 0; at < n; at += 2 * width) {
            size_t i = at, mid = at + width < n ? at + width : n;
            size_t j = mid, end = at + 2 * width < n ? at + 2 * width : n;
            for (size_t k = at; k < end; k++)
                to[k] = i < mid && (j >= end || before(&from[i], &from[j]) <= 0) ? from[i++]
                                                                                 : from[j++];
        }
        uint32_t *t = from;
        from = to;
        to = t;
    }
    if (from != v)
        memcpy(v, from, n * sizeof *v);
}

static void heap_down(uint32_t *v, size_t i, size_t n)
{
    uint32_t moving = v[i];

    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        child += child + 1 < n && v[child + 1] > v[child];
        if (v[child] <= moving)
            break;
        v[i] = v[child];
    }
    v[i] = moving;
}

static void heap_sort(uint32_t *v, size_t n)
{
    for (size_t i = n / 2; i-- > 0;)
        heap_down(v, i, n);
    while (n-- > 1) {
        uint32_t t = v[0];
        v[0] = v[n];
        v[n] = t;
        heap_down(v, 0, n);
    }
}

static void quick_sort(uint32_t *v, size_t n)
{
    struct {
        long lo, hi;
    } stack[64];
    int depth = 0;

    stack[depth].lo = 0;
    stack[depth++].hi = (long)n - 1;
    while (depth) {
        long lo = stack[--depth].lo, hi = stack[depth].hi;
        while (lo < hi) {
            long i = lo, j = hi;
            uint32_t pivot = v[lo + (hi - lo) / 2];
            while (i <= j) {
                for (; v[i] < pivot; i++) {
                }
                for (; v[j] > pivot; j--) {
                }
                if (i <= j) {
                    uint32_t t = v[i];
                    v[i++] = v[j];
                    v[j--] = t;
                }
            }
            int low_larger = j - lo > hi - i;
            stack[depth].lo = low_larger ? lo : i;
            stack[depth++].hi = low_larger ? j : hi;
            lo = low_larger ? i : lo;
            hi = low_larger ? hi : j;
        }
    }
}

static void fill(uint32_t seed)
{
    for (int i = 0; i < N; i++)
        numbers[i] = bench_random(&seed) >> 3;
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int way = 0; way < 3; way++) {
        fill((uint32_t)way + 5);
        if (way == 0)
            merge_sort(numbers, N, compare);
        else if (way == 1)
            heap_sort(numbers, N);
        else
            quick_sort(numbers, N);
        for (int i = 0; i < N; i += 97)
            sum = bench_mix(sum, numbers[i]);
    }
    return sum;
}
