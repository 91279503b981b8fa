/* Quicksort with a median of three, insertion sort for short runs, and heap sort where the depth
 * shows that the pivots are bad: O(n log n) always, no memory. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { INSERTION_MAX = 12, CHUNK = 64 };

struct sorter {
    size_t size;
    int (*compare)(const void *, const void *, void *);
    void *context;
};

static void swap(const struct sorter *s, char *a, char *b)
{
    if (a == b)
        return;
    if (s->size == 4) {
        uint32_t x, y;
        memcpy(&x, a, 4);
        memcpy(&y, b, 4);
        memcpy(a, &y, 4);
        memcpy(b, &x, 4);
        return;
    }
    if (s->size == 8) {
        uint64_t x, y;
        memcpy(&x, a, 8);
        memcpy(&y, b, 8);
        memcpy(a, &y, 8);
        memcpy(b, &x, 8);
        return;
    }
    char t[CHUNK];
    for (size_t n = s->size; n > 0;) {
        size_t step = n < CHUNK ? n : CHUNK;
        memcpy(t, a, step);
        memcpy(a, b, step);
        memcpy(b, t, step);
        a += step;
        b += step;
        n -= step;
    }
}

static int less(const struct sorter *s, const char *a, const char *b)
{
    return s->compare(a, b, s->context) < 0;
}

static void insertion_sort(const struct sorter *s, char *base, size_t count)
{
    char *end = base + count * s->size;
    for (char *p = base + s->size; p < end; p += s->size)
        for (char *q = p; q > base && less(s, q, q - s->size); q -= s->size)
            swap(s, q, q - s->size);
}

static void sift_down(const struct sorter *s, char *base, size_t root, size_t count)
{
    size_t child;
    while ((child = 2 * root + 1) < count) {
        if (child + 1 < count && less(s, base + child * s->size, base + (child + 1) * s->size))
            child++;
        if (!less(s, base + root * s->size, base + child * s->size))
            return;
        swap(s, base + root * s->size, base + child * s->size);
        root = child;
    }
}

static void heap_sort(const struct sorter *s, char *base, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift_down(s, base, i, count);
    for (size_t i = count; i-- > 1;) {
        swap(s, base, base + i * s->size);
        sift_down(s, base, 0, i);
    }
}

/* Moves the median of the first, middle and last element to the front. */
static void choose_pivot(const struct sorter *s, char *base, size_t count)
{
    char *middle = base + count / 2 * s->size, *last = base + (count - 1) * s->size;
    if (less(s, middle, base))
        swap(s, middle, base);
    if (less(s, last, middle)) {
        swap(s, last, middle);
        if (less(s, middle, base))
            swap(s, middle, base);
    }
    swap(s, base, middle);
}

/* Splits around the pivot at the front; returns its final place. Equal elements stop both scans,
 * which keeps the halves even when there are many of them. */
static char *partition(const struct sorter *s, char *base, size_t count)
{
    char *end = base + count * s->size, *i = base, *j = end;
    for (;;) {
        do
            i += s->size;
        while (i < end && less(s, i, base));
        do
            j -= s->size;
        while (less(s, base, j));
        if (i >= j)
            break;
        swap(s, i, j);
    }
    swap(s, base, j);
    return j;
}

static void sort(const struct sorter *s, char *base, size_t count, int depth)
{
    while (count > INSERTION_MAX) {
        if (depth-- == 0) {
            heap_sort(s, base, count);
            return;
        }
        choose_pivot(s, base, count);
        char *pivot = partition(s, base, count);
        size_t left = (size_t)(pivot - base) / s->size, right = count - left - 1;
        if (left < right) { /* recursion on the shorter part: at most log2(count) deep */
            sort(s, base, left, depth);
            base = pivot + s->size;
            count = right;
        } else {
            sort(s, pivot + s->size, right, depth);
            count = left;
        }
    }
    insertion_sort(s, base, count);
}

static int is_sorted(const struct sorter *s, const char *base, size_t count)
{
    for (const char *p = base; count > 1; count--, p += s->size)
        if (less(s, p + s->size, p))
            return 0;
    return 1;
}

void qsort_r(void *base, size_t count, size_t size,
             int (*compare)(const void *, const void *, void *), void *context)
{
    struct sorter s = {size, compare, context};
    if (count < 2 || size == 0 || is_sorted(&s, base, count)) /* often it is */
        return;
    sort(&s, base, count, 2 * (32 - __builtin_clzl(count)));
}

static int call_plain(const void *a, const void *b, void *compare)
{
    return (*(int (**)(const void *, const void *))compare)(a, b);
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    qsort_r(base, count, size, call_plain, &compare);
}
