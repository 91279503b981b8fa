#include "base/test.h"

#include "base/format.h"
#include "base/string.h"

/* Set by the linker around the section that TEST() fills; absent in builds without tests. */
extern const struct unit_test __start_unit_tests[] __attribute__((weak));
extern const struct unit_test __stop_unit_tests[] __attribute__((weak));

static void (*say_line)(const char *line);
static const char *running;

void unit_test_failed(struct unit_test_state *s, const char *expr, const char *file, int line)
{
    char text[512];

    s->failures++;
    fmt_snprintf(text, sizeof text, "%s:%d: %s: CHECK(%s) failed", file, line, running, expr);
    say_line(text);
}

static bool is_wanted(const struct unit_test *t, const char *name, size_t len)
{
    return name ? strlen(t->name) == len && !memcmp(t->name, name, len) : !t->by_name;
}

unsigned unit_tests_run(void (*say)(const char *line), const char *name, size_t len,
                        unsigned *out_ran)
{
    unsigned failed = 0;

    *out_ran = 0;
    say_line = say;
    for (const struct unit_test *t = __start_unit_tests; t < __stop_unit_tests; t++) {
        struct unit_test_state s = {0};
        if (!is_wanted(t, name, len))
            continue;
        running = t->name;
        t->run(&s);
        failed += s.failures != 0;
        ++*out_ran;
    }
    return failed;
}
