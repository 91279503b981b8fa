/* <stdatomic.h> in a program with one thread, and the "C" locale. */
#include "check.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

struct pair {
    int a, b;
};

static void atomics(void)
{
    atomic_int n = 5;
    _Atomic uint64_t wide = UINT32_MAX;
    _Atomic double real = 1.5;
    _Atomic(struct pair) pair = (struct pair){1, 2};
    atomic_flag flag = ATOMIC_FLAG_INIT;
    int expected = 4;
    CHECK(atomic_fetch_add(&n, 2) == 5 && atomic_load(&n) == 7 && atomic_exchange(&n, 9) == 7);
    CHECK(!atomic_compare_exchange_strong(&n, &expected, 1) && expected == 9);
    CHECK(atomic_compare_exchange_strong(&n, &expected, 1) && n == 1);
    CHECK(atomic_fetch_or_explicit(&n, 6, memory_order_relaxed) == 1 && n == 7);
    CHECK(atomic_fetch_add(&wide, 1) == UINT32_MAX && wide == (uint64_t)UINT32_MAX + 1);
    real += 1;
    CHECK(real == 2.5);
    struct pair p = atomic_exchange(&pair, ((struct pair){3, 4}));
    struct pair now = atomic_load(&pair);
    CHECK(p.a == 1 && p.b == 2 && now.a == 3 && now.b == 4);
    CHECK(!atomic_flag_test_and_set(&flag) && atomic_flag_test_and_set(&flag));
    atomic_flag_clear(&flag);
    CHECK(!atomic_flag_test_and_set(&flag));
    atomic_thread_fence(memory_order_seq_cst);
    CHECK(atomic_is_lock_free(&n) && ATOMIC_LLONG_LOCK_FREE == 2);
}

static void locale(void)
{
    const struct lconv *c = localeconv();
    CHECK(strcmp(setlocale(LC_ALL, ""), "C") == 0 && !setlocale(LC_ALL, "de_DE") &&
          !setlocale(99, "C"));
    CHECK(strcmp(c->decimal_point, ".") == 0 && c->frac_digits == CHAR_MAX);
    CHECK(strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && strcmp(nl_langinfo(RADIXCHAR), ".") == 0);
    CHECK(strcmp(nl_langinfo(DAY_1), "Sunday") == 0 && strcmp(nl_langinfo(ABMON_12), "Dec") == 0);
    CHECK(strcmp(nl_langinfo(ERA), "") == 0 && strcmp(nl_langinfo(-5), "") == 0);
    CHECK(strcmp(nl_langinfo(12345), "") == 0);
}

int main(void)
{
    atomics();
    locale();
    return check_report();
}
