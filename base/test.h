/* Unit tests: TEST(name) { ... CHECK(expr); } beside the code, in foo_test.c. They register
 * themselves in the section `unit_tests` and run hosted (under sanitizers) and inside the kernel.
 */
#pragma once

#include "base/base.h"

struct unit_test_state;

struct unit_test {
    const char *name, *file;
    void (*run)(struct unit_test_state *);
    bool by_name; /* left out of a run of all tests */
};

struct unit_test_state {
    unsigned failures;
};

void unit_test_failed(struct unit_test_state *s, const char *expr, const char *file, int line);

#define TEST__REGISTER(id, by_name)                                                                \
    static void test_##id(struct unit_test_state *);                                               \
    static const struct unit_test unit_test_##id                                                   \
        __attribute__((used, section("unit_tests"), aligned(8))) = {#id, __FILE__, test_##id,      \
                                                                    by_name};                      \
    static void test_##id(struct unit_test_state *test_state UNUSED)

#define TEST(id) TEST__REGISTER(id, false)
/* A test that needs something around it, and so runs only when its name is asked for. */
#define TEST_BY_NAME(id) TEST__REGISTER(id, true)

#define CHECK(e) ((e) ? (void)0 : unit_test_failed(test_state, #e, __FILE__, __LINE__))

/* Runs every registered test, or the one with the name name[0 .. len) if `name` is not NULL; prints
 * a line per failure through `say`; returns the number of failed tests and stores how many ran. */
unsigned unit_tests_run(void (*say)(const char *line), const char *name, size_t len,
                        unsigned *out_ran);
